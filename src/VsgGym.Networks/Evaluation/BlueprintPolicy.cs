using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>A blueprint that plays a seat, greedily or sampled.</summary>
/// <remarks>Sampled play draws from the seat's own stream (seed, episode, step), so a copy's play depends neither on the batch nor on other seats.</remarks>
public sealed class BlueprintPolicy : IPolicy
{
    private const int Chunk = 1024; // copies played together

    private readonly BlueprintForward _forward;
    private readonly bool _greedy;

    /// <summary>Wraps a forward pass.</summary>
    /// <param name="forward">The player's networks.</param>
    /// <param name="greedy">true: the most probable action, or the mean of a box action; false: sampled.</param>
    public BlueprintPolicy(BlueprintForward forward, bool greedy)
    {
        ArgumentNullException.ThrowIfNull(forward);
        (_forward, _greedy) = (forward, greedy);
    }

    /// <inheritdoc/>
    public void CheckFits(EnvironmentSpec spec, int player)
    {
        var blueprint = _forward.Blueprint;
        // Without a mask of its own, the network still keeps to one that the game sends.
        SeatFit.Check(spec, player, blueprint.Observation.Space, blueprint.Action.Space, takesMask: true);
    }

    /// <inheritdoc/>
    public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        var seat = new SeatRows(worlds, player, copies);
        for (int from = 0; from < seat.Count; from += Chunk)
        {
            int rows = Math.Min(Chunk, seat.Count - from);
            var space = _forward.Blueprint.Observation.Space;
            var observations = space is DiscreteSpace
                ? ObservationBatch.Discrete(seat.States(from, rows)) : ObservationBatch.Box(seat.Numbers(from, rows), space.Length);
            var output = _forward.Play(observations, _greedy ? [] : seat.Noise(from, rows, _forward.PlayNoise), seat.Legal(from, rows));
            if (_forward.Blueprint.Action is CategoricalHead) seat.Write(from, _greedy ? output.Choices : output.SampledChoices);
            else seat.Write(from, _greedy ? output.Numbers : output.SampledNumbers);
        }
    }
}
