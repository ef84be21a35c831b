namespace VsgGym.Games;

/// <summary>Who has the ball after a soccer player has run into the other.</summary>
public enum SoccerCollision
{
    /// <summary>A holder that runs, moving second, into the player that moved first loses the ball to it (Greenwald and Hall).</summary>
    SecondMover,

    /// <summary>A holder that runs into the other player loses the ball to it, moving first or second (Littman).</summary>
    AnyMover,
}
