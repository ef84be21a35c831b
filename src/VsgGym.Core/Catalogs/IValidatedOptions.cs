namespace VsgGym.Core;

/// <summary>An options record with rules across its options; asked after every single option has been found sound.</summary>
public interface IValidatedOptions
{
    /// <summary>Adds every broken rule.</summary>
    /// <param name="path">Where the record stands: "options" or "game.options"; an option's path is this, a dot and its snake_case name.</param>
    /// <param name="faults">Gets every fault.</param>
    void Validate(string path, FaultList faults);
}
