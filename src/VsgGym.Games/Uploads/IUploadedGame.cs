namespace VsgGym.Games;

/// <summary>A game that its caller gave in full.</summary>
public interface IUploadedGame
{
    /// <summary>The game's name, not blank.</summary>
    string Title { get; }
}
