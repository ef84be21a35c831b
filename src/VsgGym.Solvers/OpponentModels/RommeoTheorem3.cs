using VsgGym.Core;

namespace VsgGym.Solvers;

/// <summary>The premise of rommeo Theorem 3: a symmetric game with one global optimum.</summary>
internal static class RommeoTheorem3
{
    private const string Claim = "rommeo Theorem 3: in a symmetric game with one global optimum, iteration (13) at a fixed temperature and prior converges to the optimal soft Q";

    /// <summary>Checks the premise for one-shot games; measured is the number of joint actions that are best for every player at once.</summary>
    public static Bound Check(StochasticGame game, RhoMode mode)
    {
        if (mode != RhoMode.Rommeo) return new Bound(double.NaN, false, $"{Claim}; the ablation has no such promise.", double.NaN);
        if (game.StateCount > 1 || game.Horizon != 1)
            return new Bound(double.NaN, false, $"{Claim}; the premise is checked for one-shot games only, so it is not claimed here.", double.NaN);
        int optima = CountOptima(game);
        bool symmetric = IsSymmetric(game);
        return new Bound(1, symmetric && optima == 1, $"{Claim}; measured: joint actions best for every player ({(symmetric ? "the game is symmetric" : "the game is not symmetric")}).", optima);
    }

    private static int CountOptima(StochasticGame game)
    {
        var most = new double[game.PlayerCount];
        Array.Fill(most, double.NegativeInfinity);
        for (int joint = 0; joint < game.JointActionCount; joint++)
            for (int p = 0; game.IsLegalJoint(0, joint) && p < most.Length; p++) most[p] = Math.Max(most[p], game.Rewards(p)[joint]);
        int count = 0;
        for (int joint = 0; joint < game.JointActionCount; joint++)
        {
            bool best = game.IsLegalJoint(0, joint);
            for (int p = 0; best && p < most.Length; p++) best = game.Rewards(p)[joint] == most[p];
            if (best) count++;
        }

        return count;
    }

    // Swapping the actions of players 0 and p must swap their rewards and leave the others'; these swaps generate all permutations.
    private static bool IsSymmetric(StochasticGame game)
    {
        for (int p = 1; p < game.PlayerCount; p++)
        {
            if (game.ActionCounts[p] != game.ActionCounts[0]) return false;
            for (int joint = 0; joint < game.JointActionCount; joint++)
            {
                int first = game.ActionOf(0, joint), second = game.ActionOf(p, joint);
                int swapped = joint + ((second - first) * (game.Strides[0] - game.Strides[p]));
                if (game.IsLegalJoint(0, joint) != game.IsLegalJoint(0, swapped)) return false;
                for (int k = 0; k < game.PlayerCount; k++)
                {
                    int image = k == 0 ? p : k == p ? 0 : k;
                    if (game.Rewards(image)[swapped] != game.Rewards(k)[joint]) return false;
                }
            }
        }

        return true;
    }
}
