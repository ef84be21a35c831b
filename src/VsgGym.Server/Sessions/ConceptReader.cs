using VsgGym.Core;

namespace VsgGym.Server.Sessions;

/// <summary>The concept of a certificate, and the form of the game that it measures.</summary>
internal static class ConceptReader
{
    /// <summary>The form that a concept measures; where none is named, whichever form the game has.</summary>
    /// <exception cref="VsgGymException">No such concept, or the game has no such form.</exception>
    public static ISolvableGame Form(Catalog catalog, ResolvedGame game, string concept) =>
        concept.Length == 0 ? GameForms.Of(game) : GameForms.Of(game, catalog.FindMetric(concept));

    /// <summary>The concept asked for, or what is usual for the game where none is.</summary>
    public static string Of(string concept, ISolvableGame form) => concept.Length == 0 ? form.UsualConcept : concept;
}
