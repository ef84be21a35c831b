namespace VsgGym.Core;

/// <summary>Collects faults so that all are reported at once; long lists are cut, and say so.</summary>
public sealed class FaultList
{
    private const int Most = 50;
    private readonly List<Fault> _faults = [];
    private int _count;

    /// <summary>How many faults were added.</summary>
    public int Count => _count;

    /// <summary>Adds a fault; past 50 they are only counted.</summary>
    public void Add(string path, object? value, string rule, string reason = "invalid")
    {
        if (_count++ < Most) _faults.Add(new Fault(path, VsgGymException.Show(value), rule, reason));
    }

    /// <summary>Throws one INVALID_ARGUMENT error with every fault, if there is any.</summary>
    /// <exception cref="VsgGymException">At least one fault was added.</exception>
    public void ThrowIfAny()
    {
        if (_count > 0) throw ToException();
    }

    /// <summary>One INVALID_ARGUMENT error with every fault; at least one must have been added.</summary>
    public VsgGymException ToException() => new(
        ErrorKind.InvalidArgument,
        _count <= Most ? _faults : [.. _faults, new Fault("...", string.Empty, $"and {_count - Most} more faults", "cut")]);
}
