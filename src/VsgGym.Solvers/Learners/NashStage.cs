using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Solvers;

/// <summary>The Nash equilibria of one state's two-player game over its legal actions, with the memory to find them.</summary>
internal sealed class NashStage
{
    /// <summary>The most equilibria that are compared.</summary>
    public const int MostEquilibria = 64;

    private const double MostPairs = 50_000;
    private readonly StochasticGame _game;
    private readonly NashSelection _selection;
    private readonly BimatrixGame _bimatrix;
    private readonly double[] _first, _second; // over legal actions
    private readonly double[] _x, _y; // [equilibria, legal actions]
    private readonly int[] _rows, _columns; // the legal actions
    private int _rowCount, _columnCount;

    public NashStage(StochasticGame game, NashSelection selection)
    {
        (_game, _selection) = (game, selection);
        int rows = game.ActionCounts[0], columns = game.ActionCounts[1], most = Wanted(selection);
        _bimatrix = new BimatrixGame(rows, columns);
        (_first, _second) = (new double[rows * columns], new double[rows * columns]);
        (_x, _y, _rows, _columns) = (new double[most * rows], new double[most * columns], new int[rows], new int[columns]);
    }

    /// <summary>Refuses games that are not of two players, or have so many actions that enumeration takes too long.</summary>
    /// <returns>The game.</returns>
    /// <exception cref="VsgGymException">The premise fails.</exception>
    public static StochasticGame Checked(StochasticGame game, string solver)
    {
        ArgumentNullException.ThrowIfNull(game);
        if (game.PlayerCount != 2)
            throw VsgGymException.Invalid("solver", solver, $"needs a two-player game and this one has {game.PlayerCount} players", "wrong_players");
        double pairs = BimatrixGame.CountPairs(game.ActionCounts[0], game.ActionCounts[1]);
        if (pairs > MostPairs)
            throw VsgGymException.OverLimit("solver", solver, VsgGymException.Show($"enumerates pairs of action sets in every state, of which there must be at most {MostPairs}; here there are {pairs:g3}"), "game_too_large");
        return game;
    }

    /// <summary>The bytes of one stage.</summary>
    public static double EstimateBytes(StochasticGame game, NashSelection selection)
    {
        double rows = game.ActionCounts[0], columns = game.PlayerCount > 1 ? game.ActionCounts[1] : 1, least = Math.Min(rows, columns);
        return sizeof(double) * ((4 * rows * columns) + (least * (least + 3)) + ((Wanted(selection) + 1) * (rows + columns)));
    }

    /// <summary>Solves the game of a state.</summary>
    /// <param name="state">Whose legal actions count.</param>
    /// <param name="payoffs">Q, [2 * J].</param>
    /// <param name="values">[2], overwritten by each player's payoff in the equilibrium it acts on.</param>
    /// <param name="row">The first player's own part of its equilibrium, [A], overwritten.</param>
    /// <param name="column">The second player's, [B], overwritten.</param>
    /// <param name="cancellationToken">Checked between pairs of action sets.</param>
    /// <returns>False, with the rest left alone, where the payoffs leave the range of numbers.</returns>
    /// <exception cref="VsgGymException">Rounding hid all equilibria.</exception>
    public bool Solve(int state, ReadOnlySpan<double> payoffs, Span<double> values, Span<double> row, Span<double> column, CancellationToken cancellationToken)
    {
        if (!Take(state, payoffs)) return false;
        int size = _rowCount * _columnCount, most = Wanted(_selection);
        int found = Find(state, payoffs, size, most, cancellationToken);
        int forFirst = Choose(_first, found), forSecond = Choose(_second, found);
        values[0] = Payoff(_first, forFirst);
        values[1] = Payoff(_second, forSecond);
        row.Clear();
        column.Clear();
        for (int i = 0; i < _rowCount; i++) row[_rows[i]] = _x[(forFirst * _rowCount) + i];
        for (int j = 0; j < _columnCount; j++) column[_columns[j]] = _y[(forSecond * _columnCount) + j];
        return true;
    }

    private int Find(int state, ReadOnlySpan<double> payoffs, int size, int most, CancellationToken cancellationToken)
    {
        try
        {
            return _bimatrix.Solve(_first.AsSpan(0, size), _second.AsSpan(0, size), _rowCount, _columnCount, most, _x.AsSpan(0, most * _rowCount), _y.AsSpan(0, most * _columnCount), cancellationToken);
        }
        catch (ArithmeticException error)
        {
            throw StageFault.Of(error.Message, state, payoffs);
        }
    }

    private static int Wanted(NashSelection selection) => selection == NashSelection.First ? 1 : selection == NashSelection.Second ? 2 : MostEquilibria;

    private bool Take(int state, ReadOnlySpan<double> payoffs)
    {
        (_rowCount, _columnCount) = (Legal(0, state, _rows), Legal(1, state, _columns));
        double least = double.PositiveInfinity, largest = double.NegativeInfinity;
        for (int i = 0, at = 0; i < _rowCount; i++)
            for (int j = 0; j < _columnCount; j++, at++)
            {
                int joint = (_rows[i] * _game.ActionCounts[1]) + _columns[j];
                (_first[at], _second[at]) = (payoffs[joint], payoffs[_game.JointActionCount + joint]);
                least = Math.Min(least, Math.Min(_first[at], _second[at]));
                largest = Math.Max(largest, Math.Max(_first[at], _second[at]));
            }

        return double.IsFinite(largest - least);
    }

    private int Choose(double[] payoffs, int found)
    {
        if (_selection != NashSelection.Best) return found - 1;
        int best = 0;
        for (int e = 1; e < found; e++)
            if (Payoff(payoffs, e) > Payoff(payoffs, best)) best = e;
        return best;
    }

    private double Payoff(double[] payoffs, int equilibrium)
    {
        double sum = 0;
        for (int i = 0; i < _rowCount; i++)
            for (int j = 0; j < _columnCount; j++) sum += _x[(equilibrium * _rowCount) + i] * _y[(equilibrium * _columnCount) + j] * payoffs[(i * _columnCount) + j];
        return sum;
    }

    private int Legal(int player, int state, Span<int> legal)
    {
        int count = 0;
        for (int a = 0; a < _game.ActionCounts[player]; a++)
            if (_game.IsLegal(player, state, a)) legal[count++] = a;
        return count;
    }
}
