namespace VsgGym.Architecture.Tests;

/// <summary>The working tree the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static bool Update => Environment.GetEnvironmentVariable("VSGGYM_UPDATE") == "1";

    /// <summary>Source files below a folder, build outputs and generated code left out, as paths relative to the root.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "_proto" or "__pycache__" or ".cache"))
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VsgGym.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("VsgGym.sln not found above the test's folder");
    }
}
