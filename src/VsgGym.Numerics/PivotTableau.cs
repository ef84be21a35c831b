using System.Numerics;

namespace VsgGym.Numerics;

/// <summary>The tableau of the simplex method: every constraint has a logical variable (its slack, or for an equation one that is fixed at 0).</summary>
/// <remarks>
/// Columns: n variables, m logical variables, the auxiliary variable of phase 1, the right side. A free variable that would have to fall is
/// replaced by its negative. Where several right sides are 0, as in the programs of correlated equilibria, many vertices lie in one point and steps gain
/// nothing; such a program is first solved with its inequalities a little looser, and its answer then mended on the true right sides. After scaling, the largest number of each row, of the objective and of the right sides is near 1, so the
/// tolerances are absolute.
/// </remarks>
internal sealed class PivotTableau
{
    private const double CostTolerance = 1e-11; // of a reduced cost
    private const double PivotTolerance = 1e-9; // of an element
    private const double FeasibleTolerance = 1e-10; // of a variable below its bound
    private const double RatioTolerance = 1e-13; // within which steps are equally long
    private const double LargestPerturbation = 1e-6;
    private const int MostRounds = 8; // of building the tableau again

    /// <summary>How many ways there are to solve a program.</summary>
    public const int Attempts = 4;

    private readonly ScaledProgram _data;
    private readonly double[] _table; // [m + 1, columns]; the last row holds the reduced costs
    private readonly int[] _basis; // [m], the basic variable of each row
    private readonly bool[] _basic; // [n + m + 1]
    private readonly bool[] _flipped; // [n]
    private readonly bool[] _assigned; // [m]
    private readonly double[] _weights; // [n + m], of Devex pricing
    private int _m, _n, _columns, _auxiliary, _right, _stalled, _fresh;
    private double _leniency = 1;
    private bool _isPerturbed;

    public PivotTableau(int mostVariables, int mostConstraints)
    {
        _data = new ScaledProgram(mostVariables, mostConstraints);
        _table = new double[checked((mostConstraints + 1) * (mostVariables + mostConstraints + 2))];
        (_basis, _assigned) = (new int[mostConstraints], new bool[mostConstraints]);
        (_basic, _flipped) = (new bool[mostVariables + mostConstraints + 1], new bool[mostVariables]);
        _weights = new double[mostVariables + mostConstraints];
    }

    public int Pivots { get; private set; }

    /// <summary>Whether another attempt might come to another end: the program's numbers span so much that rounding may have decided.</summary>
    public bool IsDoubtful => !_data.IsEven;

    private int MostPivots => 2000 + (6 * (_m + _n)); // some five times what programs of correlated equilibria take at most

    /// <summary>Takes a program and starts from the basis of all logical variables.</summary>
    /// <param name="objective">c.</param>
    /// <param name="rows">a.</param>
    /// <param name="rightSides">b.</param>
    /// <param name="kinds">Of the rows.</param>
    /// <param name="free">Which variables may be below 0.</param>
    /// <param name="attempt">In [0, <see cref="Attempts"/>): odd ones do not loosen, the later two do not scale columns.</param>
    public void Load(ReadOnlySpan<double> objective, ReadOnlySpan<double> rows, ReadOnlySpan<double> rightSides, ReadOnlySpan<ConstraintKind> kinds, ReadOnlySpan<bool> free, int attempt)
    {
        (_m, _n) = (rightSides.Length, objective.Length);
        (_auxiliary, _right, _columns) = (_n + _m, _n + _m + 1, _n + _m + 2);
        _data.Load(objective, rows, rightSides, kinds, free, attempt < 2);
        Array.Clear(_flipped);
        Array.Clear(_basic);
        for (int i = 0; i < _m; i++)
        {
            _basis[i] = _n + i;
            _basic[_n + i] = true;
        }

        (Pivots, _stalled, _fresh, _isPerturbed) = (0, 0, 0, attempt % 2 == 0 && _data.HasZeroes(_m));
        Copy();
    }

    /// <summary>Phases 1 and 2 until the answer stands in a tableau built afresh.</summary>
    public LinearProgramStatus Run()
    {
        if (!EliminateEquations()) return LinearProgramStatus.Infeasible;
        for (int round = 0; round < MostRounds; round++)
        {
            _leniency = Math.ScaleB(1, 2 * round); // where rounding undoes a step each time, the tolerances must grow past it
            var status = Restore();
            if (status == LinearProgramStatus.Optimal)
            {
                Price();
                status = Improve(-1);
            }

            bool mayGoOn = status == LinearProgramStatus.Optimal || (_isPerturbed && status == LinearProgramStatus.Unbounded);
            if (!mayGoOn) return status;
            if (Pivots == _fresh && !_isPerturbed) return LinearProgramStatus.Optimal;
            _isPerturbed = false;
            if (!Rebuild()) return LinearProgramStatus.Stopped;
        }

        return LinearProgramStatus.Stopped;
    }

    /// <summary>The answer in the program's own units.</summary>
    public void Read(Span<double> solution, Span<double> duals)
    {
        solution.Clear();
        for (int i = 0; i < _m; i++)
        {
            if (_basis[i] >= _n) continue;
            double value = At(i, _right);
            if (!_data.IsFree(_basis[i])) value = Math.Max(value, 0);
            solution[_basis[i]] = _data.Solution(_basis[i], _flipped[_basis[i]] ? -value : value);
        }

        for (int i = 0; i < _m; i++) duals[i] = _data.Dual(i, -At(_m, _n + i));
    }

    // Brings a variable into each equation's row; false where a row without variables has a right side.
    private bool EliminateEquations()
    {
        for (int i = 0; i < _m; i++)
        {
            if (!_data.IsEquation(i)) continue;
            int best = -1;
            double largest = PivotTolerance;
            for (int j = 0; j < _n; j++)
                if (!_basic[j] && Math.Abs(At(i, j)) > largest) (best, largest) = (j, Math.Abs(At(i, j)));
            if (best >= 0) Pivot(i, best);
            else if (Math.Abs(At(i, _right)) > FeasibleTolerance) return false;
        }

        return true;
    }

    // Phase 1: one auxiliary variable lifts all rows below their bounds; it must come down to 0.
    private LinearProgramStatus Restore()
    {
        int lowest = -1;
        for (int i = 0; i < _m; i++)
        {
            bool below = IsBounded(_basis[i]) && At(i, _right) < -FeasibleTolerance * _leniency;
            At(i, _auxiliary) = below ? -1 : 0;
            if (below && (lowest < 0 || At(i, _right) < At(lowest, _right))) lowest = i;
        }

        At(_m, _auxiliary) = 0;
        if (lowest < 0) return LinearProgramStatus.Optimal;
        Pivot(lowest, _auxiliary);
        var status = Improve(lowest);
        if (status == LinearProgramStatus.Stopped) return status;
        if (_basis[lowest] == _auxiliary && !Expel(lowest)) return LinearProgramStatus.Infeasible;
        for (int i = 0; i <= _m; i++) At(i, _auxiliary) = 0;
        return LinearProgramStatus.Optimal;
    }

    // Takes the auxiliary variable, at its least, out of the basis; false where it is not 0.
    private bool Expel(int row)
    {
        if (At(row, _right) > FeasibleTolerance * _leniency) return false;
        int best = -1;
        for (int pass = 0; pass < 2 && best < 0; pass++) // logical variables of equations only where there is nothing else
            for (int j = 0; j < _auxiliary; j++)
                if (!_basic[j] && IsFixed(j) == (pass == 1) && Math.Abs(At(row, j)) > (best < 0 ? PivotTolerance : Math.Abs(At(row, best)))) best = j;
        if (best < 0) return false;
        Pivot(row, best);
        return true;
    }

    // Pivots until nothing gains: with auxiliaryRow >= 0 until the auxiliary variable of that row is as low as it can be.
    private LinearProgramStatus Improve(int auxiliaryRow)
    {
        _weights.AsSpan(0, _auxiliary).Fill(1);
        while (true)
        {
            if (Pivots >= MostPivots) return LinearProgramStatus.Stopped;
            bool bland = _stalled > _m + 20;
            int entering = Entering(auxiliaryRow >= 0 ? auxiliaryRow : _m, bland);
            if (entering < 0) return LinearProgramStatus.Optimal;
            int leaving = Leaving(entering, auxiliaryRow, bland, out double step);
            if (leaving < 0) return LinearProgramStatus.Unbounded;
            _stalled = step > 1e-12 ? 0 : _stalled + 1;
            Pivot(leaving, entering);
            Reweigh(leaving, entering);
            if (leaving == auxiliaryRow) return LinearProgramStatus.Optimal;
        }
    }

    private int Entering(int costRow, bool bland)
    {
        int best = -1;
        double least = costRow < _m ? PivotTolerance : CostTolerance * _leniency; // in phase 1 the row itself must be able to stop the step
        double largest = 0;
        var costs = _table.AsSpan(costRow * _columns, _auxiliary);
        for (int j = 0; j < costs.Length; j++)
        {
            double gain = IsFree(j) ? Math.Abs(costs[j]) : costs[j];
            if (gain <= least || gain * gain <= largest * _weights[j] || _basic[j] || IsFixed(j)) continue;
            (best, largest) = (j, gain * gain / _weights[j]);
            if (bland) break;
        }

        if (best >= 0 && costs[best] < 0) Flip(best);
        return best;
    }

    // Devex pricing: a weight grows with how far the variables of the first basis move along an edge (Harris 1973).
    private void Reweigh(int row, int entered)
    {
        double weight = _weights[entered];
        var pivotRow = _table.AsSpan(row * _columns, _auxiliary);
        for (int j = 0; j < pivotRow.Length; j++) _weights[j] = Math.Max(_weights[j], pivotRow[j] * pivotRow[j] * weight);
    }

    // Harris' two passes: of the rows that stop the step nearly first, the one of the largest element; under Bland's rule the first variable.
    private int Leaving(int entering, int auxiliaryRow, bool bland, out double step)
    {
        double bound = double.PositiveInfinity;
        for (int i = 0; i < _m; i++)
            if (Blocks(i, entering)) bound = Math.Min(bound, Ratio(i, entering) + (bland ? 0 : RatioTolerance / Math.Abs(At(i, entering))));
        int best = -1;
        step = double.PositiveInfinity;
        for (int i = 0; i < _m; i++)
        {
            if (!Blocks(i, entering) || Ratio(i, entering) > bound + RatioTolerance) continue;
            bool better = best < 0 || i == auxiliaryRow || (best != auxiliaryRow
                && (bland ? _basis[i] < _basis[best] : Math.Abs(At(i, entering)) > Math.Abs(At(best, entering))));
            if (better) (best, step) = (i, Ratio(i, entering));
        }

        return best;
    }

    private bool Blocks(int row, int entering)
    {
        double element = At(row, entering);
        return IsFixed(_basis[row]) ? Math.Abs(element) > PivotTolerance : element > PivotTolerance && !IsFree(_basis[row]);
    }

    private double Ratio(int row, int entering) => IsFixed(_basis[row]) ? 0 : Math.Max(At(row, _right), 0) / At(row, entering);

    private bool IsFree(int variable) => variable < _n && _data.IsFree(variable);

    private bool IsFixed(int variable) => variable >= _n && variable < _auxiliary && _data.IsEquation(variable - _n);

    private bool IsBounded(int variable) => !IsFree(variable) && !IsFixed(variable);

    private ref double At(int row, int column) => ref _table[(row * _columns) + column];

    private void Flip(int variable)
    {
        _flipped[variable] = !_flipped[variable];
        for (int i = 0; i <= _m; i++) At(i, variable) = -At(i, variable);
    }

    private void Pivot(int row, int column)
    {
        _basic[_basis[row]] = false;
        _basic[column] = true;
        _basis[row] = column;
        Pivots++;
        Eliminate(row, column, _m);
    }

    private void Eliminate(int row, int column, int lastRow)
    {
        var pivotRow = _table.AsSpan(row * _columns, _columns);
        double pivot = pivotRow[column];
        foreach (ref double number in pivotRow) number /= pivot;
        pivotRow[column] = 1;
        for (int i = 0; i <= lastRow; i++)
        {
            double factor = At(i, column);
            if (i == row || factor == 0) continue;
            Subtract(_table.AsSpan(i * _columns, _columns), factor, pivotRow);
            At(i, column) = 0;
        }
    }

    // Each number by itself, without fused operations, so the bits do not depend on the width of the vectors.
    private static void Subtract(Span<double> target, double factor, ReadOnlySpan<double> row)
    {
        int k = 0, width = Vector<double>.Count;
        for (var factors = new Vector<double>(factor); k <= target.Length - width; k += width)
            (new Vector<double>(target[k..]) - (factors * new Vector<double>(row[k..]))).CopyTo(target[k..]);
        for (; k < target.Length; k++) target[k] -= factor * row[k];
    }

    // The reduced costs of the basis.
    private void Price()
    {
        var costs = _table.AsSpan(_m * _columns, _columns);
        costs.Clear();
        for (int j = 0; j < _n; j++) costs[j] = Cost(j);
        for (int i = 0; i < _m; i++)
        {
            if (_basis[i] >= _n || Cost(_basis[i]) == 0) continue;
            Subtract(costs, Cost(_basis[i]), _table.AsSpan(i * _columns, _columns));
        }

        for (int i = 0; i < _m; i++) costs[_basis[i]] = 0;
    }

    private double Cost(int variable) => _flipped[variable] ? -_data.Cost(variable) : _data.Cost(variable);

    private void Copy()
    {
        _table.AsSpan(0, (_m + 1) * _columns).Clear();
        for (int i = 0; i < _m; i++)
        {
            _data.Row(i).CopyTo(_table.AsSpan(i * _columns, _n));
            At(i, _n + i) = 1;
            At(i, _right) = _data.RightSide(i) + (_isPerturbed && !_data.IsEquation(i) ? Perturbation(i) : 0);
        }

        for (int j = 0; j < _n; j++)
            if (_flipped[j])
                for (int i = 0; i < _m; i++) At(i, j) = -At(i, j);
    }

    // Loosens a constraint a little, each by another amount, so that few vertices lie in one point.
    private static double Perturbation(int row)
    {
        double golden = (row + 1) * 0.6180339887498949;
        return LargestPerturbation * (1 + golden - Math.Floor(golden));
    }

    // The tableau of the present basis from the data; false where the basis is singular to rounding.
    private bool Rebuild()
    {
        Copy();
        Array.Clear(_assigned);
        for (int i = 0; i < _m; i++) _basis[i] = -1;
        for (int i = 0; i < _m; i++)
        {
            if (!_basic[_n + i]) continue;
            _basis[i] = _n + i;
            _assigned[i] = true;
        }

        for (int j = 0; j < _n; j++)
        {
            if (!_basic[j]) continue;
            int best = -1;
            for (int i = 0; i < _m; i++)
                if (!_assigned[i] && (best < 0 || Math.Abs(At(i, j)) > Math.Abs(At(best, j)))) best = i;
            if (best < 0 || Math.Abs(At(best, j)) < 1e-13) return false;
            Eliminate(best, j, _m - 1);
            (_basis[best], _assigned[best]) = (j, true);
        }

        _fresh = Pivots;
        return true;
    }
}
