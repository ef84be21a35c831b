using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using VsgGym.Core;

namespace VsgGym.Server.Verbs;

/// <summary>Options given as KEY=VALUE on the command line: dots nest, a value is JSON or else a text.</summary>
internal static class Settings
{
    /// <summary>A repeatable option of such settings.</summary>
    /// <param name="name">"--set".</param>
    /// <param name="description">Whose options they are.</param>
    public static Option<string[]> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The settings as one JSON object.</summary>
    /// <param name="settings">"temperature.from=1.5", "horizon=10".</param>
    /// <param name="name">The option they came by, for faults.</param>
    /// <exception cref="VsgGymException">Every setting that is none, or that contradicts another.</exception>
    public static string ToJson(IEnumerable<string> settings, string name)
    {
        var root = new JsonObject();
        var faults = new FaultList();
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            string[] keys = equals < 0 ? [] : setting[..equals].Split('.');
            if (keys.Length == 0 || keys.Any(key => key.Length == 0)) faults.Add(name, setting, "must be KEY=VALUE, where dots in KEY nest", "malformed");
            else if (!TryPlace(root, keys, setting[(equals + 1)..])) faults.Add(name, setting, "sets what another setting has set already", "duplicate");
        }

        faults.ThrowIfAny();
        return root.ToJsonString();
    }

    private static bool TryPlace(JsonObject at, string[] keys, string value)
    {
        foreach (string key in keys[..^1])
        {
            if (!at.TryGetPropertyValue(key, out var inner)) at[key] = inner = new JsonObject();
            if (inner is not JsonObject next) return false;
            at = next;
        }

        return at.TryAdd(keys[^1], Parse(value));
    }

    private static JsonNode? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
