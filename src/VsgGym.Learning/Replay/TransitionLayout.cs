namespace VsgGym.Learning;

/// <summary>Where the parts of a transition lie in a row of the replay of one player: (s, a_i, a_-i, s', r), whether s' counts, and the legal actions.</summary>
/// <remarks>
/// A discrete observation or action is one number, its index; a box observation is encoded, a box action too (x in [-1, 1]). Masks hold 1 for legal.
/// </remarks>
/// <param name="Observation">Numbers of s.</param>
/// <param name="Own">Numbers of a_i.</param>
/// <param name="Others">Numbers of a_-i.</param>
/// <param name="Mask">Numbers of the mask at s, 0 where nothing is forbidden.</param>
internal sealed record TransitionLayout(int Observation, int Own, int Others, int Mask)
{
    public int State => Observation + Mask;

    public Range StateAt => ..State; // s and its mask together name a state

    public Range ObservationAt => ..Observation;

    public Range MaskAt => Observation..State;

    public Range OwnAt => State..(State + Own);

    public Range OthersAt => (State + Own)..(State + Own + Others);

    public Range NextStateAt => (State + Own + Others)..(State + Own + Others + State);

    public int RewardAt => Width - 2;

    /// <summary>1 where the value of s' enters the target: everywhere but where the rules ended the episode.</summary>
    public int GoesOnAt => Width - 1;

    public int Width => (2 * State) + Own + Others + 2;
}
