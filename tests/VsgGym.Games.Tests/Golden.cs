namespace VsgGym.Games.Tests;

/// <summary>Text files that pin behavior; VSGGYM_UPDATE=1 rewrites them.</summary>
internal static class Golden
{
    public static string Root { get; } = FindRoot();

    /// <summary>Compares text with a file below tests/golden.</summary>
    public static void Check(string file, string text)
    {
        string path = Path.Combine(Root, "tests/golden", file);
        if (System.Environment.GetEnvironmentVariable("VSGGYM_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"tests/golden/{file} is missing: run bash tests/check.sh --update");
        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VsgGym.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("VsgGym.sln not found above the test's folder");
    }
}
