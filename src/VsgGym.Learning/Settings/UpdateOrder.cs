namespace VsgGym.Learning;

/// <summary>In which order the networks of a player move in one update.</summary>
public enum UpdateOrder
{
    /// <summary>Prior, critic, then policy and opponent model: each learns from those before it as they are after their step (rommeo Algorithm 2).</summary>
    InTurn,

    /// <summary>
    /// Every gradient is taken from the networks as the last update left them, and all move together; for box actions the losses of policy and opponent model are averaged over
    /// samples of their own, and all players learn from the transitions of the same steps. So in the program of the authors of rommeo.
    /// </summary>
    AtOnce,
}
