namespace VsgGym.Core;

/// <summary>One thing wrong with an input: where, what was given, and the rule it breaks.</summary>
/// <param name="Path">The field, as the caller spelled it: "options.temperature.from", "transitions[3, 0, 1]", "actions.hunter[17]".</param>
/// <param name="Value">What was given, shortened to a readable length.</param>
/// <param name="Rule">What would have been right, as a full sentence part: "must be in (0, 1]".</param>
/// <param name="Reason">A stable machine code in snake_case: "unknown_option", "out_of_range", "illegal_action".</param>
public record Fault(string Path, string Value, string Rule, string Reason)
{
    /// <inheritdoc/>
    public sealed override string ToString() => Value.Length == 0 ? $"{Path}: {Rule}" : $"{Path} = {Value}: {Rule}";
}
