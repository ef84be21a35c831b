namespace Grpc.Core;

/// <summary>Version of the API.</summary>
public static class VersionInfo
{
    /// <summary>Version of the assembly.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>Version of the assembly file.</summary>
    public const string CurrentAssemblyFileVersion = "2.85.0.0";

    /// <summary>Version of the package.</summary>
    public const string CurrentVersion = "2.85.0";
}
