namespace VsgGym.Core;

/// <summary>The catalog breaks its own rules, which is the product's own bug and stops it at start-up; every fault is listed.</summary>
public sealed class CatalogException : Exception
{
    /// <summary>Builds the error from all faults found.</summary>
    /// <param name="faults">At least one; the path is the class at fault.</param>
    public CatalogException(params IReadOnlyList<Fault> faults)
        : base($"the catalog has {faults?.Count} fault(s):\n  " + string.Join("\n  ", faults ?? []))
    {
        ArgumentNullException.ThrowIfNull(faults);
        Faults = faults;
    }

    /// <summary>Every fault found.</summary>
    public IReadOnlyList<Fault> Faults { get; }
}
