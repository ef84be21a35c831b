namespace VsgGym.Core;

/// <summary>A method that learns by playing: one <see cref="Step"/> is one step of its batch of games with the updates that follow; whoever calls it owns the loop.</summary>
/// <remarks>
/// A learner does not log, write files, evaluate or stop by itself. Everything it draws comes from the stream it was given, so that the same
/// options and seed give the same bits, and <see cref="Load"/> after <see cref="Save"/> continues as if nothing had happened.
/// </remarks>
public interface ILearner : IDisposable
{
    /// <summary>The most steps the options allow, and the option that says so.</summary>
    IterationLimit Limit { get; }

    /// <summary>Steps taken so far, from 0.</summary>
    long StepsTaken { get; }

    /// <summary>Names of the numbers <see cref="ReadMetrics"/> gives, fixed for the learner's life: "player_0/q_loss", "alpha".</summary>
    IReadOnlyList<string> MetricNames { get; }

    /// <summary>One step of the games and the updates that follow.</summary>
    /// <param name="cancellationToken">Checked inside long steps.</param>
    /// <returns>The step's number from 1, the critics' loss as residual, and whether more steps are useful.</returns>
    /// <exception cref="VsgGymException">Kind Numerical: a quantity (the fault's path) left the finite range at this step; the learner must not be used further.</exception>
    IterationReport Step(CancellationToken cancellationToken);

    /// <summary>Writes the metrics of the last step; a number that does not exist yet is NaN.</summary>
    /// <param name="metrics">[number of metric names].</param>
    void ReadMetrics(Span<double> metrics);

    /// <summary>What each player has learned so far, one per player in the game's order: a copy that later steps do not change.</summary>
    IReadOnlyList<IPlayerModel> TakeModels();

    /// <summary>Writes everything that later steps depend on.</summary>
    /// <param name="stream">Where to; not closed.</param>
    void Save(Stream stream);

    /// <summary>Reads what <see cref="Save"/> wrote in a learner of the same game, options and seed.</summary>
    /// <param name="stream">Where from; not closed.</param>
    /// <exception cref="InvalidDataException">The bytes are no checkpoint of this learner.</exception>
    void Load(Stream stream);
}
