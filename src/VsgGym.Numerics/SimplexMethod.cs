namespace VsgGym.Numerics;

/// <summary>The simplex method over a tableau: its two phases, and which pivot comes next.</summary>
/// <remarks>
/// Where several right sides are 0, as in the programs of correlated equilibria, many vertices lie in one point and steps gain nothing; such a
/// program is first solved with its inequalities a little looser, and its answer then mended on the true right sides.
/// </remarks>
internal sealed class SimplexMethod(int mostVariables, int mostConstraints)
{
    private const double CostTolerance = 1e-11; // of a reduced cost
    private const double PivotTolerance = 1e-11; // of an element; less than the tolerance of a bound, or phase 1 stops above it while something could still gain
    private const double FeasibleTolerance = 1e-10; // of a variable below its bound
    private const double RatioTolerance = 1e-13; // within which steps are equally long
    private const int MostRounds = 8; // of building the tableau again
    private const int MostDenials = 2; // of a point, before that is believed
    private const int FirstToStay = 3; // round in which steps that gain nothing are not believed

    /// <summary>How many ways there are to solve a program.</summary>
    public const int Attempts = 4;

    private readonly PivotTableau _tableau = new(mostVariables, mostConstraints);
    private readonly double[] _weights = new double[mostVariables + mostConstraints]; // of Devex pricing
    private int _stalled;

    /// <summary>How many pivots the last program took.</summary>
    public int Pivots => _tableau.Pivots;

    /// <summary>How far the tolerances of the last program had to grow: 1 where they did not.</summary>
    public double Leniency { get; private set; } = 1;

    /// <summary>Whether another attempt might come to another end.</summary>
    public bool IsDoubtful => _tableau.IsDoubtful;

    private int MostPivots => 2000 + (6 * (_tableau.Rows + _tableau.Variables)); // some five times what programs of correlated equilibria take at most

    /// <summary>Takes a program.</summary>
    /// <param name="objective">c.</param>
    /// <param name="rows">a.</param>
    /// <param name="rightSides">b.</param>
    /// <param name="kinds">Of the rows.</param>
    /// <param name="free">Which variables may be below 0.</param>
    /// <param name="attempt">In [0, <see cref="Attempts"/>): odd ones do not loosen, the later two scale columns too, which hides small gains behind large columns.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    public void Load(ReadOnlySpan<double> objective, ReadOnlySpan<double> rows, ReadOnlySpan<double> rightSides, ReadOnlySpan<ConstraintKind> kinds, ReadOnlySpan<bool> free, int attempt, CancellationToken cancellationToken)
    {
        _stalled = 0;
        _tableau.Load(objective, rows, rightSides, kinds, free, scalesColumns: attempt >= 2, loosens: attempt % 2 == 0, cancellationToken);
    }

    /// <summary>Phases 1 and 2 until the answer stands in a tableau built afresh.</summary>
    /// <param name="cancellationToken">Checked between blocks of rows of a pivot.</param>
    public LinearProgramStatus Run(CancellationToken cancellationToken)
    {
        if (!EliminateEquations(cancellationToken)) return LinearProgramStatus.Infeasible;
        int denials = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            Leniency = Math.ScaleB(1, 2 * Math.Max(0, round - 3)); // where rounding undoes a step each time, the tolerances must grow past it
            var status = Restore(cancellationToken);
            if (status == LinearProgramStatus.Optimal)
            {
                bool mayStay = round >= FirstToStay && _tableau is { IsFresh: true, IsPerturbed: false };
                if (mayStay) _tableau.Save();
                _tableau.Price(cancellationToken);
                double before = _tableau[_tableau.Rows, _tableau.Right];
                status = Improve(-1, cancellationToken);
                if (mayStay && before - _tableau[_tableau.Rows, _tableau.Right] <= CostTolerance)
                {
                    _tableau.Revert(cancellationToken);
                    return LinearProgramStatus.Optimal;
                }
            }

            if (status == LinearProgramStatus.Infeasible && denials < MostDenials && Release(cancellationToken))
            {
                denials++;
                if (!Rebuild(cancellationToken)) return LinearProgramStatus.Stopped;
                round--;
                continue;
            }

            bool mayGoOn = status == LinearProgramStatus.Optimal || (_tableau.IsPerturbed && status == LinearProgramStatus.Unbounded);
            if (!mayGoOn) return status;
            if (_tableau is { IsFresh: true, IsPerturbed: false }) return LinearProgramStatus.Optimal;
            if (!Rebuild(cancellationToken)) return LinearProgramStatus.Stopped;
        }

        return LinearProgramStatus.Stopped;
    }

    /// <summary>The answer in the program's own units.</summary>
    public void Read(Span<double> solution, Span<double> duals) => _tableau.Read(solution, duals);

    // The tableau of the present basis from the data; what rounding let into a singular basis makes place for logical variables.
    private bool Rebuild(CancellationToken cancellationToken) => _tableau.Rebuild(cancellationToken) || EliminateEquations(cancellationToken);

    // Brings a variable into each equation's row; false where a row without variables has a right side.
    private bool EliminateEquations(CancellationToken cancellationToken)
    {
        for (int i = 0; i < _tableau.Rows; i++)
        {
            if (!_tableau.IsFixed(_tableau.Basic(i))) continue;
            int best = -1;
            double largest = PivotTolerance;
            for (int j = 0; j < _tableau.Variables; j++)
                if (!_tableau.IsBasic(j) && Math.Abs(_tableau[i, j]) > largest) (best, largest) = (j, Math.Abs(_tableau[i, j]));
            if (best >= 0) _tableau.Pivot(i, best, cancellationToken);
            else if (Math.Abs(_tableau[i, _tableau.Right]) > FeasibleTolerance) return false;
        }

        return true;
    }

    // Phase 1: one auxiliary variable lifts all rows below their bounds; it must come down to 0.
    private LinearProgramStatus Restore(CancellationToken cancellationToken)
    {
        int lowest = -1, m = _tableau.Rows, auxiliary = _tableau.Auxiliary, right = _tableau.Right;
        for (int i = 0; i < m; i++)
        {
            bool below = IsBounded(_tableau.Basic(i)) && _tableau[i, right] < -FeasibleTolerance * Leniency;
            _tableau[i, auxiliary] = below ? -1 : 0;
            if (below && (lowest < 0 || _tableau[i, right] < _tableau[lowest, right])) lowest = i;
        }

        _tableau[m, auxiliary] = 0;
        if (lowest < 0) return LinearProgramStatus.Optimal;
        _tableau.Pivot(lowest, auxiliary, cancellationToken);
        var status = Improve(lowest, cancellationToken);
        if (status == LinearProgramStatus.Stopped) return status;
        if (_tableau.Basic(lowest) == auxiliary && !Expel(lowest, cancellationToken)) return LinearProgramStatus.Infeasible;
        for (int i = 0; i <= m; i++) _tableau[i, auxiliary] = 0;
        return LinearProgramStatus.Optimal;
    }

    // Takes the auxiliary variable out of the basis, though it is not 0, so that the tableau can be built again; false where nothing can take its place.
    private bool Release(CancellationToken cancellationToken)
    {
        int row = 0, best = -1;
        while (row < _tableau.Rows && _tableau.Basic(row) != _tableau.Auxiliary) row++;
        if (row == _tableau.Rows) return false;
        for (int j = 0; j < _tableau.Auxiliary; j++)
            if (!_tableau.IsBasic(j) && !_tableau.IsFixed(j) && Math.Abs(_tableau[row, j]) > (best < 0 ? 0 : Math.Abs(_tableau[row, best]))) best = j;
        if (best < 0) return false;
        _tableau.Pivot(row, best, cancellationToken);
        return true;
    }

    // Takes the auxiliary variable, at its least, out of the basis; false where it is not 0.
    private bool Expel(int row, CancellationToken cancellationToken)
    {
        if (_tableau[row, _tableau.Right] > FeasibleTolerance * Leniency) return false;
        int best = -1;
        for (int pass = 0; pass < 2 && best < 0; pass++) // logical variables of equations only where there is nothing else
            for (int j = 0; j < _tableau.Auxiliary; j++)
                if (!_tableau.IsBasic(j) && _tableau.IsFixed(j) == (pass == 1) && Math.Abs(_tableau[row, j]) > (best < 0 ? PivotTolerance : Math.Abs(_tableau[row, best]))) best = j;
        if (best < 0) return false;
        _tableau.Pivot(row, best, cancellationToken);
        return true;
    }

    // Pivots until nothing gains: with auxiliaryRow >= 0 until the auxiliary variable of that row is as low as it can be.
    private LinearProgramStatus Improve(int auxiliaryRow, CancellationToken cancellationToken)
    {
        _weights.AsSpan(0, _tableau.Auxiliary).Fill(1);
        while (true)
        {
            if (_tableau.Pivots >= MostPivots) return LinearProgramStatus.Stopped;
            bool bland = _stalled > _tableau.Rows + 20;
            int entering = Entering(auxiliaryRow >= 0 ? auxiliaryRow : _tableau.Rows, bland);
            if (entering < 0) return LinearProgramStatus.Optimal;
            int leaving = Leaving(entering, auxiliaryRow, bland, out double step);
            if (leaving < 0) return LinearProgramStatus.Unbounded;
            _stalled = step > 1e-12 ? 0 : _stalled + 1;
            _tableau.Pivot(leaving, entering, cancellationToken);
            Reweigh(leaving, entering);
            if (leaving == auxiliaryRow) return LinearProgramStatus.Optimal;
        }
    }

    private int Entering(int costRow, bool bland)
    {
        int best = -1;
        double least = costRow < _tableau.Rows ? PivotTolerance : CostTolerance * Leniency; // in phase 1 the row itself must be able to stop the step
        double largest = 0;
        var costs = _tableau.Row(costRow);
        for (int j = 0; j < costs.Length; j++)
        {
            double gain = _tableau.IsFree(j) ? Math.Abs(costs[j]) : costs[j];
            if (gain <= least || gain * gain <= largest * _weights[j] || _tableau.IsBasic(j) || _tableau.IsFixed(j)) continue;
            (best, largest) = (j, gain * gain / _weights[j]);
            if (bland) break;
        }

        if (best >= 0 && costs[best] < 0) _tableau.Flip(best);
        return best;
    }

    // Devex pricing: a weight grows with how far the variables of the first basis move along an edge (Harris 1973).
    private void Reweigh(int row, int entered)
    {
        double weight = _weights[entered];
        var pivotRow = _tableau.Row(row);
        for (int j = 0; j < pivotRow.Length; j++) _weights[j] = Math.Max(_weights[j], pivotRow[j] * pivotRow[j] * weight);
    }

    // Harris' two passes: of the rows that stop the step nearly first, the one of the largest element; under Bland's rule the first variable.
    private int Leaving(int entering, int auxiliaryRow, bool bland, out double step)
    {
        double bound = double.PositiveInfinity;
        int m = _tableau.Rows;
        for (int i = 0; i < m; i++)
            if (Blocks(i, entering)) bound = Math.Min(bound, Ratio(i, entering) + (bland ? 0 : RatioTolerance / Math.Abs(_tableau[i, entering])));
        int best = -1;
        step = double.PositiveInfinity;
        for (int i = 0; i < m; i++)
        {
            if (!Blocks(i, entering) || Ratio(i, entering) > bound + RatioTolerance) continue;
            bool better = best < 0 || i == auxiliaryRow || (best != auxiliaryRow
                && (bland ? _tableau.Basic(i) < _tableau.Basic(best) : Math.Abs(_tableau[i, entering]) > Math.Abs(_tableau[best, entering])));
            if (better) (best, step) = (i, Ratio(i, entering));
        }

        return best;
    }

    private bool Blocks(int row, int entering)
    {
        double element = _tableau[row, entering];
        int basic = _tableau.Basic(row);
        return _tableau.IsFixed(basic) ? Math.Abs(element) > PivotTolerance : element > PivotTolerance && !_tableau.IsFree(basic);
    }

    private double Ratio(int row, int entering) => _tableau.IsFixed(_tableau.Basic(row)) ? 0 : Math.Max(_tableau[row, _tableau.Right], 0) / _tableau[row, entering];

    private bool IsBounded(int variable) => !_tableau.IsFree(variable) && !_tableau.IsFixed(variable);
}
