using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>The results of trials in a file, one JSON object a line, so that an experiment that was stopped goes on where it was. Thread-safe.</summary>
internal sealed class ResultLog
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TrialResult> _results = new(StringComparer.Ordinal);

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

    /// <summary>A trial's result, or null.</summary>
    public TrialResult? Find(Trial trial)
    {
        lock (_gate) return _results.GetValueOrDefault(trial.Key);
    }

    /// <summary>Keeps a result.</summary>
    public void Add(TrialResult result)
    {
        lock (_gate)
        {
            _results[result.Key] = result;
            File.AppendAllText(_path, JsonSerializer.Serialize(result, Form) + "\n");
        }
    }

    private static TrialResult? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrialResult>(line, Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
