using System.Numerics;

namespace VsgGym.Numerics;

/// <summary>The tableau of the simplex method, its basis and its pivots: every constraint has a logical variable (its slack, or for an equation one that is fixed at 0).</summary>
/// <remarks>
/// Columns: n variables, m logical variables, the auxiliary variable of phase 1, the right side. A free variable that would have to fall is
/// replaced by its negative. After scaling, the largest number of each row, of the objective and of the right sides is near 1, so that tolerances
/// can be absolute.
/// </remarks>
internal sealed class PivotTableau
{
    private const double LargestPerturbation = 1e-6;
    private const int CheckedNumbers = 1 << 17; // some hundredths of a millisecond of work between two looks at a token

    private readonly ScaledProgram _data;
    private readonly double[] _table; // [m + 1, columns]; the last row holds the reduced costs
    private readonly int[] _basis; // [m], the basic variable of each row
    private readonly bool[] _basic; // [n + m + 1]
    private readonly bool[] _flipped; // [n]
    private readonly bool[] _assigned; // [m]
    private readonly bool[] _savedBasic, _savedFlipped; // like _basic and _flipped
    private readonly double[] _residuals; // [m]
    private int _m, _n, _columns, _blockRows, _fresh;

    public PivotTableau(int mostVariables, int mostConstraints)
    {
        _data = new ScaledProgram(mostVariables, mostConstraints);
        _table = GC.AllocateUninitializedArray<double>(checked((mostConstraints + 1) * (mostVariables + mostConstraints + 2))); // written by Load
        (_basis, _assigned, _residuals) = (new int[mostConstraints], new bool[mostConstraints], new double[mostConstraints]);
        (_basic, _flipped) = (new bool[mostVariables + mostConstraints + 1], new bool[mostVariables]);
        (_savedBasic, _savedFlipped) = (new bool[mostVariables + mostConstraints + 1], new bool[mostVariables]);
    }

    /// <summary>m, the number of constraints, and of the row of reduced costs.</summary>
    public int Rows => _m;

    /// <summary>n, the number of the program's own variables; the logical ones follow.</summary>
    public int Variables => _n;

    /// <summary>The column of the auxiliary variable, behind the n + m others.</summary>
    public int Auxiliary => _n + _m;

    /// <summary>The column of the right sides.</summary>
    public int Right => _n + _m + 1;

    /// <summary>How many pivots there were since the program was taken.</summary>
    public int Pivots { get; private set; }

    /// <summary>Whether the tableau was built from the data with the present basis, without a pivot since.</summary>
    public bool IsFresh => Pivots == _fresh;

    /// <summary>Whether the inequalities are a little looser than the program's.</summary>
    public bool IsPerturbed { get; private set; }

    /// <summary>Whether another attempt might come to another end: the program's numbers span so much that rounding may have decided.</summary>
    public bool IsDoubtful => !_data.IsEven;

    /// <summary>One number.</summary>
    public ref double this[int row, int column] => ref _table[(row * _columns) + column];

    /// <summary>The numbers of a row under all variables but the auxiliary one, [n + m].</summary>
    public Span<double> Row(int row) => _table.AsSpan(row * _columns, _n + _m);

    /// <summary>The basic variable of a row.</summary>
    public int Basic(int row) => _basis[row];

    /// <summary>Whether a variable is in the basis.</summary>
    public bool IsBasic(int variable) => _basic[variable];

    /// <summary>Whether a variable may take either sign.</summary>
    public bool IsFree(int variable) => variable < _n && _data.IsFree(variable);

    /// <summary>Whether a variable must be 0: the logical one of an equation.</summary>
    public bool IsFixed(int variable) => variable >= _n && variable < _n + _m && _data.IsEquation(variable - _n);

    /// <summary>Whether a constraint is an equation.</summary>
    public bool IsEquation(int row) => _data.IsEquation(row);

    /// <summary>c of a variable of the program, as it stands in the tableau.</summary>
    public double Cost(int variable) => _flipped[variable] ? -_data.Cost(variable) : _data.Cost(variable);

    /// <summary>a of a constraint and a variable of the program or logical one, as the data give it.</summary>
    public double Coefficient(int constraint, int variable) =>
        variable >= _n ? variable == _n + constraint ? 1 : 0 : _data.Row(constraint)[variable] * (_flipped[variable] ? -1 : 1);

    /// <summary>b of a constraint, as the data give it.</summary>
    public double RightSide(int constraint) => _data.RightSide(constraint);

    /// <summary>Takes a program and starts from the basis of all logical variables.</summary>
    /// <param name="objective">c.</param>
    /// <param name="rows">a.</param>
    /// <param name="rightSides">b.</param>
    /// <param name="kinds">Of the rows.</param>
    /// <param name="free">Which variables may be below 0.</param>
    /// <param name="scalesColumns">Whether columns are scaled too.</param>
    /// <param name="loosens">Whether the inequalities are made a little looser where several right sides are 0.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    public void Load(ReadOnlySpan<double> objective, ReadOnlySpan<double> rows, ReadOnlySpan<double> rightSides, ReadOnlySpan<ConstraintKind> kinds, ReadOnlySpan<bool> free, bool scalesColumns, bool loosens, CancellationToken cancellationToken)
    {
        (_m, _n) = (rightSides.Length, objective.Length);
        _columns = _n + _m + 2;
        _blockRows = 1 + (CheckedNumbers / _columns);
        _data.Load(objective, rows, rightSides, kinds, free, scalesColumns, cancellationToken);
        Array.Clear(_flipped);
        Array.Clear(_basic);
        for (int i = 0; i < _m; i++)
        {
            _basis[i] = _n + i;
            _basic[_n + i] = true;
        }

        (Pivots, _fresh, IsPerturbed) = (0, 0, loosens && _data.HasZeroes(_m));
        Copy(cancellationToken);
    }

    /// <summary>Brings a variable into the basis in place of that of a row.</summary>
    public void Pivot(int row, int column, CancellationToken cancellationToken)
    {
        _basic[_basis[row]] = false;
        _basic[column] = true;
        _basis[row] = column;
        Pivots++;
        Eliminate(row, column, _m, cancellationToken);
    }

    /// <summary>Puts a free variable's negative in its place.</summary>
    public void Flip(int variable)
    {
        _flipped[variable] = !_flipped[variable];
        for (int i = 0; i <= _m; i++) this[i, variable] = -this[i, variable];
    }

    /// <summary>Computes the reduced costs of the basis.</summary>
    public void Price(CancellationToken cancellationToken)
    {
        var costs = _table.AsSpan(_m * _columns, _columns);
        costs.Clear();
        for (int j = 0; j < _n; j++) costs[j] = Cost(j);
        for (int i = 0; i < _m; i++)
        {
            if (_basis[i] >= _n || Cost(_basis[i]) == 0) continue;
            if (i % _blockRows == 0) cancellationToken.ThrowIfCancellationRequested();
            Subtract(costs, Cost(_basis[i]), _table.AsSpan(i * _columns, _columns));
        }

        for (int i = 0; i < _m; i++) costs[_basis[i]] = 0;
    }

    /// <summary>Builds the tableau of the present basis from the data, on the true right sides; false where the basis is singular to rounding.</summary>
    public bool Rebuild(CancellationToken cancellationToken)
    {
        IsPerturbed = false;
        Copy(cancellationToken);
        Array.Clear(_assigned);
        bool isSingular = false;
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
                if (!_assigned[i] && (best < 0 || Math.Abs(this[i, j]) > Math.Abs(this[best, j]))) best = i;
            if (best < 0 || Math.Abs(this[best, j]) < 1e-13)
            {
                (_basic[j], isSingular) = (false, true);
                continue;
            }

            Eliminate(best, j, _m - 1, cancellationToken);
            (_basis[best], _assigned[best]) = (j, true);
        }

        for (int i = 0; i < _m; i++)
        {
            if (_assigned[i]) continue;
            _basis[i] = _n + i;
            _basic[_n + i] = true;
        }

        RightSideRefinement.Run(this, _residuals.AsSpan(0, _m));
        _fresh = Pivots;
        return !isSingular;
    }

    /// <summary>Keeps the present basis.</summary>
    public void Save()
    {
        _basic.CopyTo(_savedBasic, 0);
        _flipped.CopyTo(_savedFlipped, 0);
    }

    /// <summary>Goes back to the basis that was kept, on the true right sides and with its reduced costs.</summary>
    public void Revert(CancellationToken cancellationToken)
    {
        _savedBasic.CopyTo(_basic, 0);
        _savedFlipped.CopyTo(_flipped, 0);
        Rebuild(cancellationToken);
        Price(cancellationToken);
    }

    /// <summary>The answer in the program's own units.</summary>
    public void Read(Span<double> solution, Span<double> duals)
    {
        solution.Clear();
        for (int i = 0; i < _m; i++)
        {
            if (_basis[i] >= _n) continue;
            double value = this[i, Right];
            if (!_data.IsFree(_basis[i])) value = Math.Max(value, 0);
            solution[_basis[i]] = _data.Solution(_basis[i], _flipped[_basis[i]] ? -value : value);
        }

        for (int i = 0; i < _m; i++) duals[i] = _data.Dual(i, -this[_m, _n + i]);
    }

    private void Eliminate(int row, int column, int lastRow, CancellationToken cancellationToken)
    {
        var pivotRow = _table.AsSpan(row * _columns, _columns);
        double pivot = pivotRow[column];
        foreach (ref double number in pivotRow) number /= pivot;
        pivotRow[column] = 1;
        for (int start = 0; start <= lastRow; start += _blockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(start + _blockRows, lastRow + 1);
            for (int i = start; i < end; i++)
            {
                double factor = this[i, column];
                if (i == row || factor == 0) continue;
                Subtract(_table.AsSpan(i * _columns, _columns), factor, pivotRow);
                this[i, column] = 0;
            }
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

    private void Copy(CancellationToken cancellationToken)
    {
        for (int i = 0; i <= _m; i++)
        {
            if (i % _blockRows == 0) cancellationToken.ThrowIfCancellationRequested();
            var row = _table.AsSpan(i * _columns, _columns);
            row.Clear();
            if (i == _m) break;
            _data.Row(i).CopyTo(row);
            row[_n + i] = 1;
            row[Right] = _data.RightSide(i) + (IsPerturbed && !_data.IsEquation(i) ? Perturbation(i) : 0);
        }

        for (int j = 0; j < _n; j++)
            if (_flipped[j])
                for (int i = 0; i < _m; i++) this[i, j] = -this[i, j];
    }

    // Loosens a constraint a little, each by another amount, so that few vertices lie in one point.
    private static double Perturbation(int row)
    {
        double golden = (row + 1) * 0.6180339887498949;
        return LargestPerturbation * (1 + golden - Math.Floor(golden));
    }
}
