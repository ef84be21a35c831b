namespace VsgGym.Games;

/// <summary>What a joint move of two agents came to, the barriers having been passed or not.</summary>
/// <param name="First">Where the first agent is then, a cell or gone.</param>
/// <param name="Second">Where the second agent is then.</param>
/// <param name="Collided">Whether they collided and stayed where they were.</param>
/// <param name="FirstArrives">Whether the first agent has just reached its goal.</param>
/// <param name="SecondArrives">Whether the second agent has.</param>
internal readonly record struct CollisionMove(int First, int Second, bool Collided, bool FirstArrives, bool SecondArrives)
{
    /// <summary>Moves both agents at once.</summary>
    /// <param name="rules">The game's rules.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="to">Where they try to go; an agent that stays or is gone tries to stay.</param>
    public static CollisionMove Resolve(CollisionRules rules, (int First, int Second) from, (int First, int Second) to)
    {
        bool firstArrives = from.First != rules.Gone && to.First == rules.Goals[0];
        bool secondArrives = from.Second != rules.Gone && to.Second == rules.Goals[1];
        bool same = to.First == to.Second && to.First != rules.Gone && !(firstArrives && secondArrives);
        bool swap = to.First == from.Second && to.Second == from.First && from.First != from.Second;
        if (same || (swap && rules.SwapCollides)) return new CollisionMove(from.First, from.Second, true, false, false);
        return new CollisionMove(firstArrives ? rules.Gone : to.First, secondArrives ? rules.Gone : to.Second, false, firstArrives, secondArrives);
    }
}
