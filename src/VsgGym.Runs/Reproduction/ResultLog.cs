using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>The results of trials in a file, one JSON object a line, so that an experiment that was stopped goes on where it was. Thread-safe.</summary>
/// <typeparam name="T">A result.</typeparam>
internal sealed class ResultLog<T>
    where T : class, ITrialResult
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, T> _results = new(StringComparer.Ordinal);

    /// <summary>Reads what is there; a line that was cut off is left out and its trial runs again.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="fresh">Start over.</param>
    public ResultLog(string path, bool fresh)
    {
        _path = path;
        if (fresh) File.Delete(path);
        if (!File.Exists(path)) return;
        foreach (string line in File.ReadLines(path))
            if (Read(line) is { } result) _results[result.Key] = result;
        File.WriteAllLines(path, _results.Values.Select(result => JsonSerializer.Serialize(result, Form)));
    }

    /// <summary>The result of a trial with a key, or null.</summary>
    public T? Find(string key)
    {
        lock (_gate) return _results.GetValueOrDefault(key);
    }

    /// <summary>Keeps a result.</summary>
    public void Add(T result)
    {
        lock (_gate)
        {
            _results[result.Key] = result;
            File.AppendAllText(_path, JsonSerializer.Serialize(result, Form) + "\n");
        }
    }

    private static T? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
