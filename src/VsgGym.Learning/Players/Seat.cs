using System.Collections.Immutable;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Learning;

/// <summary>One player's place in a game: what it sees, what it does, and whom it faces.</summary>
internal sealed record Seat
{
    private Seat(EnvironmentSpec spec, int player)
    {
        Player = player;
        Name = spec.Players[player];
        Observation = new ObservationEncoder(spec.Observations[player]);
        Others = [.. Enumerable.Range(0, spec.PlayerCount).Where(other => other != player)];
        Opponents = [.. Others.Select(other => spec.Players[other])];
        Action = ActionHead.For(spec.Actions[player], $"game.actions.{Name}");
        OpponentActions = [.. Others.Select(other => ActionHead.For(spec.Actions[other], $"game.actions.{spec.Players[other]}"))];
        HasIllegalActions = spec.HasIllegalActions;
        bool isBox = Action is GaussianHead;
        Layout = new TransitionLayout(
            Observation.Space is DiscreteSpace ? 1 : Observation.Length,
            isBox ? Action.Encoded : 1,
            isBox ? OpponentActions.Sum(head => head.Encoded) : OpponentActions.Length,
            HasIllegalActions ? Action.Encoded : 0);
    }

    /// <summary>The player's number.</summary>
    public int Player { get; }

    /// <summary>The player's name.</summary>
    public string Name { get; }

    /// <summary>The other players' numbers, in order.</summary>
    public ImmutableArray<int> Others { get; }

    /// <summary>The other players' names.</summary>
    public ImmutableArray<string> Opponents { get; }

    /// <summary>How the observation is encoded.</summary>
    public ObservationEncoder Observation { get; }

    /// <summary>The player's own actions.</summary>
    public ActionHead Action { get; }

    /// <summary>The others' actions.</summary>
    public ImmutableArray<ActionHead> OpponentActions { get; }

    /// <summary>Whether masks of legal actions come with the observations.</summary>
    public bool HasIllegalActions { get; }

    /// <summary>The rows of the player's replay.</summary>
    public TransitionLayout Layout { get; }

    /// <summary>Numbers of the others' encoded actions.</summary>
    public int OthersEncoded => OpponentActions.Sum(head => head.Encoded);

    /// <summary>Every seat of a game.</summary>
    /// <exception cref="VsgGymException">Fewer than two players, actions of both kinds, or too many joint actions to sum over.</exception>
    public static Seat[] All(EnvironmentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var faults = new FaultList();
        if (spec.PlayerCount < 2) faults.Add("game.players", spec.PlayerCount, "must be at least 2: these learners model opponents", "out_of_range");
        int boxes = spec.Actions.Count(space => space is BoxSpace);
        if (boxes != 0 && boxes != spec.PlayerCount)
            faults.Add("game.actions", $"{boxes} of {spec.PlayerCount} players have box actions", "must be boxes for every player or discrete for every player", "mixed_actions");
        if (boxes == 0)
            for (int p = 0; p < spec.PlayerCount; p++)
            {
                long joint = 1;
                for (int other = 0; other < spec.PlayerCount && joint <= PlayerBlueprint.MostJointActions; other++)
                    if (other != p) joint *= ((DiscreteSpace)spec.Actions[other]).Count;
                if (joint > PlayerBlueprint.MostJointActions)
                    faults.Add($"game.actions.{spec.Players[p]}", joint, $"faces more joint actions of the others than the {PlayerBlueprint.MostJointActions} that are summed over", "too_many_joint_actions");
            }

        faults.ThrowIfAny();
        return [.. Enumerable.Range(0, spec.PlayerCount).Select(p => new Seat(spec, p))];
    }

    /// <summary>Writes a state of the replay as a network's input.</summary>
    /// <param name="state">Observation (and mask) as it stands in the replay.</param>
    /// <param name="encoded">[encoded observation].</param>
    public void Encode(ReadOnlySpan<float> state, Span<float> encoded)
    {
        if (Observation.Space is BoxSpace)
        {
            state[..encoded.Length].CopyTo(encoded);
            return;
        }

        encoded.Clear();
        encoded[(int)state[0]] = 1;
    }
}
