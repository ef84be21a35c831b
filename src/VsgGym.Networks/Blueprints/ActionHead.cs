using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>How the last layer's numbers become a distribution over one player's actions, and how an action is encoded as input of another network.</summary>
/// <param name="Space">The player's action space.</param>
public abstract record ActionHead(Space Space)
{
    /// <summary>Numbers the head takes from its network.</summary>
    public abstract int Parameters { get; }

    /// <summary>Numbers that encode one action as a network's input.</summary>
    public abstract int Encoded { get; }

    /// <summary>Random numbers that one sample takes: standard normal ones for a box, one uniform in [0, 1) for discrete actions.</summary>
    public abstract int Noise { get; }

    /// <summary>The head of a space: Gaussian for a box, categorical for discrete actions.</summary>
    /// <param name="space">The action space.</param>
    /// <param name="path">The space's place, for faults.</param>
    /// <exception cref="VsgGymException">A box with an axis of no width.</exception>
    public static ActionHead For(Space space, string path)
    {
        if (space is DiscreteSpace discrete) return new CategoricalHead(discrete);
        var box = (BoxSpace)space;
        for (int i = 0; i < box.Length; i++)
            if (box.Low[i] >= box.High[i])
                throw VsgGymException.Invalid($"{path}[{i}]", $"[{box.Low[i]}, {box.High[i]}]", "a squashed Gaussian needs a lower bound below the upper one", "flat_action");
        return new GaussianHead(box);
    }
}
