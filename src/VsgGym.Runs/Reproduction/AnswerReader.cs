using System.Globalization;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Reads numbers off a solver's answer.</summary>
/// <param name="catalog">Metrics.</param>
/// <param name="game">What was solved.</param>
/// <param name="algorithm">Where the solve ended.</param>
internal sealed class AnswerReader(Catalog catalog, ISolvableGame game, IAlgorithm algorithm)
{
    private readonly Dictionary<string, Certificate> _certificates = new(StringComparer.Ordinal);
    private PolicyProfile? _policies;

    private PolicyProfile Policies => _policies ??= algorithm.ReadSolution().Policies;

    /// <summary>The number.</summary>
    /// <exception cref="VsgGymException">The measure is none, or names what the game does not have.</exception>
    public double Read(SolverMeasure measure, CancellationToken cancellationToken)
    {
        if (measure.Policy is { } place) return Probability(place);
        if (measure.Value is { } player) return Measure(game.UsualConcept, cancellationToken).Values[Find("measures.value", player, game.Players)];
        if (measure.Gap is { } concept) return Measure(concept, cancellationToken).Gap;
        throw VsgGymException.Invalid("measures", measure.Name, "needs one of curve, policy, value and gap", "missing_measure");
    }

    private double Probability(PolicyPlace place)
    {
        int player = Find("measures.policy.player", place.Player, game.Players);
        int action = Find("measures.policy.action", place.Action, game.ActionLabels[player]);
        bool isNumber = int.TryParse(place.State, NumberStyles.None, CultureInfo.InvariantCulture, out int state) && state < game.StateCount;
        return Policies[player].Row(place.Time, isNumber ? state : Find("measures.policy.state", place.State, game.StateLabels))[action];
    }

    private Certificate Measure(string concept, CancellationToken cancellationToken)
    {
        if (!_certificates.TryGetValue(concept, out var certificate))
            _certificates[concept] = certificate = catalog.CreateMetric(concept, game).Measure(Policies, cancellationToken);
        return certificate;
    }

    private static int Find(string path, string name, IReadOnlyList<string> names)
    {
        for (int k = 0; k < names.Count; k++)
            if (names[k] == name) return k;
        throw VsgGymException.NotFound(path, name, $"must be one of {string.Join(", ", names)}", "unknown_name");
    }
}
