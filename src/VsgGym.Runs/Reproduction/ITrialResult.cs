namespace VsgGym.Runs;

/// <summary>A result that is kept under its trial's key.</summary>
public interface ITrialResult
{
    /// <summary>The trial's key.</summary>
    string Key { get; }
}
