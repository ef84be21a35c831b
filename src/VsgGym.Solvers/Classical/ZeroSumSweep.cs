using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>A sweep over all states of a zero-sum game: their matrix games, or what the row player's present strategies guarantee.</summary>
internal sealed class ZeroSumSweep : ICrewWork
{
    private readonly StochasticGame _game;
    private readonly WorkCrew _crew;
    private readonly Workspaces<ZeroSumStage> _stages;
    private double[] _from = [], _to = [], _rows = [], _columns = [];
    private int _fromRow, _toRow, _policyRow; // in states
    private bool _rowsAreFixed;

    public ZeroSumSweep(StochasticGame game, WorkCrew crew)
    {
        (_game, _crew) = (game, crew);
        _stages = new Workspaces<ZeroSumStage>(crew.Threads, () => new ZeroSumStage(game));
    }

    /// <summary>to = val[r + discount * P from] in every state, with optimal strategies; all arrays start at a row of states.</summary>
    /// <returns>The largest change from the old values to the new, NaN where payoffs leave the range of numbers.</returns>
    public double Solve((double[] Values, int Row) from, (double[] Values, int Row) to, (double[] Rows, double[] Columns, int Row) policies, CancellationToken cancellationToken)
    {
        (_from, _fromRow) = from;
        (_to, _toRow) = to;
        (_rows, _columns, _policyRow) = policies;
        _rowsAreFixed = false;
        return _crew.Run(this, _game.StateCount, SweepCost.OfMatrixGame(_game), cancellationToken);
    }

    /// <summary>to = what the strategies, [S, A], guarantee in every state for one decision, and the values after it.</summary>
    /// <returns>The largest change.</returns>
    public double Respond(double[] from, double[] to, double[] rows, CancellationToken cancellationToken)
    {
        (_from, _fromRow, _to, _toRow, _rows, _policyRow, _rowsAreFixed) = (from, 0, to, 0, rows, 0, true);
        return _crew.Run(this, _game.StateCount, SweepCost.OfBackups(_game), cancellationToken);
    }

    double ICrewWork.Run(int start, int end, CancellationToken cancellationToken)
    {
        int states = _game.StateCount, rows = _game.ActionCounts[0], columns = _game.ActionCounts[1];
        var from = _from.AsSpan(_fromRow * states, states);
        var to = _to.AsSpan(_toRow * states, states);
        var stage = _stages.Take();
        double largest = 0;
        try
        {
            for (int s = start; s < end; s++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int at = (_policyRow * states) + s;
                var row = _rows.AsSpan(at * rows, rows);
                to[s] = _rowsAreFixed ? stage.Guarantee(s, from, row) : stage.Solve(s, from, row, _columns.AsSpan(at * columns, columns), cancellationToken);
                double change = Math.Abs(to[s] - from[s]);
                largest = change > largest || double.IsNaN(change) ? change : largest;
            }
        }
        finally
        {
            _stages.Return(stage);
        }

        return largest;
    }
}
