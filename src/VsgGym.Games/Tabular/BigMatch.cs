using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>The Big Match: one player predicts the other's choices, and the first daring prediction fixes the payoff for ever.</summary>
/// <remarks>
/// <para>Story: each day the chooser picks 0 or 1 and the predictor says which; a right prediction scores. While the predictor says 0 the
/// game goes on; the first day it says 1 decides all later days: right, it scores each of them, wrong, none.</para>
/// <para>Players: predictor, chooser.</para>
/// <para>Observation, the same for both: the state, 0 open, 1 won, 2 lost. Features: whether the game is closed and whether it was won.</para>
/// <para>Actions: 0, 1. In a closed state they change nothing.</para>
/// <para>Rewards: zero-sum; a score pays the predictor 1 and the chooser -1, times 1 - discount (with a horizon: divided by it) where
/// `normalize` is set. Then the value is 1/2 for every discount and every horizon: the chooser plays (1/2, 1/2), and the predictor says 1
/// with probability (1 - discount) / (2 - discount), or 1 / (1 + n) with n decisions left.</para>
/// <para>End: with `discount`, the default, never; after `horizon` decisions, terminated.</para>
/// <para>Options: horizon, discount, repeat (which changes nothing: no row ends the game), observation, normalize.</para>
/// <para>Unknown: nothing. The game is Gillette's; Blackwell and Ferguson solved it for average payoffs, where the predictor has no optimal
/// strategy.</para>
/// <para>Version history: v0, first version.</para>
/// </remarks>
[Game("big_match-v0")]
[Source("blackwell1968")]
[Source("gillette1957")]
public sealed class BigMatch(BigMatch.Options options) : CatalogTable(options)
{
    private const int Open = 0, Won = 1, Lost = 2, States = 3;

    /// <summary>What can be set.</summary>
    public sealed record Options() : TabularOptions(horizon: null, discount: 0.9)
    {
        /// <summary>Whether scores are scaled so that scoring every day is worth 1 in all; else each is worth 1.</summary>
        public bool Normalize { get; init; } = true;
    }

    /// <inheritdoc/>
    public override Drawing Draw(in World world) => TableDrawing.Draw("Big Match", Table, world);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FeatureLabels => ["closed", "won"];

    /// <inheritdoc/>
    protected override void WriteFeatures(int state, Span<float> features) => (features[0], features[1]) = (state == Open ? 0 : 1, state == Won ? 1 : 0);

    /// <inheritdoc/>
    protected override StochasticGameBuilder Lay()
    {
        var builder = new StochasticGameBuilder(["predictor", "chooser"], States, [2, 2]).WithStateLabels(["open", "won", "lost"]);
        double scale = !options.Normalize ? 1 : options.Discount is { } discount ? 1 - discount : 1.0 / options.Horizon ?? 1;
        for (int state = 0; state < States; state++)
            for (int joint = 0; joint < builder.JointActionCount; joint++)
            {
                var (prediction, choice) = Math.DivRem(joint, 2);
                bool right = state == Open ? prediction == choice : state == Won;
                double reward = right ? scale : 0;
                builder.SetReward(0, state, joint, reward).SetReward(1, state, joint, 0 - reward); // not -reward, which would write -0
                builder.AddTransition(state, joint, state == Open && prediction == 1 ? (right ? Won : Lost) : state, 1.0);
            }

        return builder;
    }
}
