namespace VsgGym.Client;

/// <summary>One thing wrong with a request: where, what was given, and the rule it breaks.</summary>
/// <param name="Path">The field: "options.temperature.from", "actions.hunter[17]", "game.id".</param>
/// <param name="Value">What was given, shortened; may be empty.</param>
/// <param name="Rule">What would have been right: "must be in (0, 1]".</param>
/// <param name="Reason">A stable machine code in snake_case: "unknown_option", "out_of_range", "illegal_action".</param>
public sealed record Fault(string Path, string Value, string Rule, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => Value.Length == 0 ? $"{Path}: {Rule}" : $"{Path} = {Value}: {Rule}";
}
