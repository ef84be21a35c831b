namespace VsgGym.Core;

/// <summary>One work of references.json.</summary>
/// <param name="Key">The key that [Source] attributes name.</param>
/// <param name="Authors">Full names, separated by commas.</param>
/// <param name="Title">The title.</param>
/// <param name="Venue">Conference, journal, publisher or archive number.</param>
/// <param name="Year">Year of publication.</param>
public sealed record Citation(string Key, string Authors, string Title, string Venue, int Year);
