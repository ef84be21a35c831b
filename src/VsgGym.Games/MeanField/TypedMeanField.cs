using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>A population of several types, each with rules of its own over the same states: a type is part of the state and never changes.</summary>
/// <remarks>State k * S + s is type k in s. The rules see how the whole population is spread over s, whatever its types.</remarks>
internal sealed class TypedMeanField : MeanFieldGame
{
    private readonly ImmutableArray<MeanFieldGame> _rules; // [K]
    private readonly int _states; // S of each type

    private TypedMeanField(IReadOnlyList<PopulationType> types, ImmutableArray<MeanFieldGame> rules)
        : base(new MeanFieldShape
        {
            StateLabels = [.. types.Zip(rules, (type, own) => own.StateLabels.Select(state => $"{type.Name} {state}")).SelectMany(labels => labels)],
            ActionLabels = rules[0].ActionLabels,
            Horizon = rules[0].Horizon,
            Initial = [.. types.Zip(rules, (type, own) => own.Initial.Select(p => type.Share * p)).SelectMany(p => p)],
        })
    {
        (_rules, _states) = (rules, rules[0].StateCount);
        LowestReward = rules.Min(own => own.LowestReward);
        HighestReward = rules.Max(own => own.HighestReward);
    }

    public override double LowestReward { get; }

    public override double HighestReward { get; }

    public override bool TransitionsDependOnPopulation => _rules.Any(own => own.TransitionsDependOnPopulation);

    /// <summary>The population of these types, or of members who are all alike where there are none.</summary>
    public static MeanFieldGame Of<T>(IReadOnlyList<T> types, Func<T, MeanFieldGame> rules, MeanFieldGame alike)
        where T : PopulationType =>
        types.Count == 0 ? alike : new TypedMeanField(types, [.. types.Select(rules)]);

    public override ImmutableArray<int> Felt(int state)
    {
        var own = _rules[state / _states].Felt(state % _states);
        return [.. Enumerable.Range(0, _rules.Length).SelectMany(type => own.Select(s => (type * _states) + s))];
    }

    public override double Reward(int time, int state, int action, ReadOnlySpan<double> population)
    {
        Span<double> all = stackalloc double[_states];
        Merge(population, all);
        return _rules[state / _states].Reward(time, state % _states, action, all);
    }

    public override void Transition(int time, int state, int action, ReadOnlySpan<double> population, Span<double> next)
    {
        Span<double> all = stackalloc double[_states];
        Merge(population, all);
        next.Clear();
        _rules[state / _states].Transition(time, state % _states, action, all, next.Slice(state / _states * _states, _states));
    }

    private void Merge(ReadOnlySpan<double> population, Span<double> all)
    {
        all.Clear();
        for (int x = 0; x < population.Length; x++) all[x % _states] += population[x];
    }
}
