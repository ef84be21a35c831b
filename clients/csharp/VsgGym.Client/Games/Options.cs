using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VsgGym.Client;

/// <summary>Options of a game or solver by name; the server checks them and reports every fault with its path.</summary>
/// <remarks>Values may be numbers, texts, booleans, arrays, other <see cref="Options"/>, or objects with the option's property names.</remarks>
/// <example>
/// <code>
/// var options = new Options { ["episodes"] = 300, ["rho_mode"] = "empirical" };
/// </code>
/// </example>
public sealed class Options : IEnumerable<KeyValuePair<string, object?>>
{
    // NaN and infinities travel as names: the server then refuses them with the option's path.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly string? _json;

    /// <summary>No options yet: every default.</summary>
    public Options()
    {
    }

    private Options(string json) => _json = json;

    /// <summary>One option.</summary>
    /// <param name="name">The option's name in snake_case.</param>
    public object? this[string name]
    {
        get => _values[name];
        set => _values[name] = value;
    }

    /// <summary>Options given as the text of a JSON object; sent as they are.</summary>
    public static implicit operator Options(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new Options(json);
    }

    /// <summary>Adds one option.</summary>
    public void Add(string name, object? value) => _values.Add(name, value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    /// <summary>The JSON that is sent.</summary>
    public override string ToString() => _json ?? JsonSerializer.Serialize(Plain(this), Json);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static string ToJson(Options? options) => options?.ToString() ?? string.Empty;

    private static Dictionary<string, object?> Plain(Options options) =>
        options._values.ToDictionary(pair => pair.Key, pair => pair.Value is Options nested ? nested.PlainValue() : pair.Value, StringComparer.Ordinal);

    private object PlainValue() => _json is null ? Plain(this) : JsonSerializer.Deserialize<JsonElement>(_json);
}
