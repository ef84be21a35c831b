namespace VsgGym.Server.Hosting;

/// <summary>The version of the protocol that the server speaks.</summary>
internal static class ProtocolVersion
{
    /// <summary>Raised when a change breaks clients.</summary>
    public const int Major = 1;

    /// <summary>Raised when something is added.</summary>
    public const int Minor = 0;

    /// <summary>"1.0".</summary>
    public static string Text { get; } = $"{Major}.{Minor}";
}
