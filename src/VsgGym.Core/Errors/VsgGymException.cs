namespace VsgGym.Core;

/// <summary>An error that is the caller's to mend: a kind, and every fault found, each naming field, value and rule.</summary>
public class VsgGymException : Exception
{
    /// <summary>Builds the error from all faults found.</summary>
    /// <param name="kind">The class of the error.</param>
    /// <param name="faults">At least one.</param>
    public VsgGymException(ErrorKind kind, params IReadOnlyList<Fault> faults)
        : base(Describe(faults))
    {
        Kind = kind;
        Faults = faults;
    }

    /// <summary>The class of the error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>Every fault found, at least one.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>An INVALID_ARGUMENT error with one fault.</summary>
    public static VsgGymException Invalid(string path, object? value, string rule, string reason = "invalid") =>
        new(ErrorKind.InvalidArgument, new Fault(path, Show(value), rule, reason));

    /// <summary>A NOT_FOUND error with one fault.</summary>
    public static VsgGymException NotFound(string path, object? value, string rule, string reason = "not_found") =>
        new(ErrorKind.NotFound, new Fault(path, Show(value), rule, reason));

    /// <summary>A FAILED_PRECONDITION error with one fault.</summary>
    public static VsgGymException OutOfOrder(string path, object? value, string rule, string reason = "out_of_order") =>
        new(ErrorKind.FailedPrecondition, new Fault(path, Show(value), rule, reason));

    /// <summary>A RESOURCE_EXHAUSTED error with one fault.</summary>
    public static VsgGymException OverLimit(string path, object? value, string rule, string reason = "over_limit") =>
        new(ErrorKind.ResourceExhausted, new Fault(path, Show(value), rule, reason));

    /// <summary>A value as text for a fault: invariant culture, at most 120 characters.</summary>
    /// <param name="value">Anything; null gives an empty text.</param>
    public static string Show(object? value)
    {
        string text = value switch
        {
            null => string.Empty,
            string s => s,
            IFormattable f => f.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString() ?? string.Empty,
        };
        return text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 117), "...");
    }

    private static string Describe(IReadOnlyList<Fault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentOutOfRangeException.ThrowIfZero(faults.Count);
        if (faults.Count == 1) return faults[0].ToString();
        int shown = faults.Count - 1;
        string header = faults[^1] is CutFaults cut ? $"{shown + cut.Count} faults, the first {shown}" : $"{faults.Count} faults";
        return $"{header}:\n  " + string.Join("\n  ", faults);
    }
}
