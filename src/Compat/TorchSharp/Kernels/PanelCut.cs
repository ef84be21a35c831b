namespace TorchSharp.Kernels;

/// <summary>How the columns of C are cut into panels: of 3 vectors, then of 2, so that no narrow one is left over; alone one of 1.</summary>
internal readonly struct PanelCut
{
    private readonly int _lanes;
    private readonly int _wide;
    private readonly bool _single;

    /// <summary>Cuts.</summary>
    /// <param name="columns">At least 1.</param>
    /// <param name="lanes">Elements of a vector.</param>
    internal PanelCut(int columns, int lanes)
    {
        int vectors = ((columns - 1) / lanes) + 1;
        _lanes = lanes;
        _single = vectors == 1;
        _wide = _single ? 0 : (vectors % 3) switch
        {
            0 => vectors / 3,
            1 => (vectors - 4) / 3,
            _ => (vectors - 2) / 3,
        };
        Count = _single ? 1 : _wide + ((vectors - (3 * _wide)) / 2);
    }

    /// <summary>Number of panels.</summary>
    internal int Count { get; }

    /// <summary>Rows of the tiles: as many as keep at least 8 chains under way.</summary>
    internal int Height => _single ? 8 : 4;

    /// <summary>Width of a panel in vectors: 1, 2 or 3.</summary>
    internal int Vectors(int panel) => _single ? 1 : panel < _wide ? 3 : 2;

    /// <summary>The first column of a panel.</summary>
    internal int Column(int panel) => ((2 * panel) + Math.Min(panel, _wide)) * _lanes;
}
