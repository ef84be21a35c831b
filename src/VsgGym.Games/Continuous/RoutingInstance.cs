namespace VsgGym.Games;

/// <summary>Which network the routing game is played on.</summary>
public enum RoutingInstance
{
    /// <summary>Two links: one costs 1, the other its own flow x.</summary>
    Pigou,

    /// <summary>Four edges and a free bridge: s to v costs x, v to t costs 1, s to w costs 1, w to t costs x, v to w costs 0.</summary>
    Braess,

    /// <summary>Parallel links with the costs that the options `slopes` and `constants` give.</summary>
    Parallel,
}
