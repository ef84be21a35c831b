namespace VsgGym.Games;

/// <summary>Which moves a member of the crowd game pays for.</summary>
public enum CrowdMoveCost
{
    /// <summary>Its own, when it makes them.</summary>
    Own,

    /// <summary>
    /// Those of the first way that OpenSpiel's evaluation finds to a place and time: it keeps one value for both, whatever the last
    /// move was.
    /// </summary>
    FirstPath,
}
