namespace VsgGym.Server.Bench;

/// <summary>The Python side of a measurement: its script, which the program carries, and where its packages are.</summary>
internal static class BenchScript
{
    /// <summary>The Python that is taken where nobody names one.</summary>
    public static string Python => OperatingSystem.IsWindows() ? "python" : "/usr/bin/python3";

    /// <summary>Writes a script to a temporary file; whoever calls deletes it.</summary>
    /// <param name="name">"bench_play.py".</param>
    public static string Write(string name)
    {
        string resource = $"VsgGym.Server.Bench.{name}", path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".py");
        using var source = typeof(BenchScript).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"the resource {resource} is missing");
        using var target = File.Create(path);
        source.CopyTo(target);
        return path;
    }

    /// <summary>Where Python finds the client and Gymnasium when this program runs from a clone; null where it does not.</summary>
    public static string? SearchPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string client = Path.Combine(folder.FullName, "clients", "python");
            if (!Directory.Exists(Path.Combine(client, "vsggym"))) continue;
            string packages = Path.Combine(folder.FullName, ".cache", "python", "usr", "lib", "python3", "dist-packages");
            string?[] parts = [client, packages, System.Environment.GetEnvironmentVariable("PYTHONPATH")];
            return string.Join(Path.PathSeparator, parts.Where(part => !string.IsNullOrEmpty(part)));
        }

        return null;
    }
}
