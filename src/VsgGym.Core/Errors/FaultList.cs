namespace VsgGym.Core;

/// <summary>Collects faults so that all are reported at once; long lists are cut, and say so.</summary>
/// <param name="most">How many faults are kept; the rest are only counted. Default 50.</param>
public sealed class FaultList(int most = 50)
{
    private readonly List<Fault> _faults = [];
    private int _count;

    /// <summary>How many faults were added.</summary>
    public int Count => _count;

    /// <summary>Adds a fault; past the most they are only counted.</summary>
    public void Add(string path, object? value, string rule, string reason = "invalid")
    {
        if (_count++ < most) _faults.Add(new Fault(path, VsgGymException.Show(value), rule, reason));
    }

    /// <summary>Adds every fault of another error, counting those it had cut.</summary>
    public void AddAll(VsgGymException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        foreach (var fault in error.Faults)
        {
            if (fault is CutFaults cut) _count += cut.Count;
            else if (_count++ < most) _faults.Add(fault);
        }
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
        _count == _faults.Count ? _faults : [.. _faults, new CutFaults(_count - _faults.Count)]);
}
