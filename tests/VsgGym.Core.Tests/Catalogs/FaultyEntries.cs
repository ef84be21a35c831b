using System.ComponentModel.DataAnnotations;

namespace VsgGym.Core.Tests;

/// <summary>Classes that each break one rule of the catalog.</summary>
public static class FaultyEntries
{
    [Metric("no_summary")]
    [Source("mge")]
    public sealed class NoSummary(StochasticGame game) : MetricBase(game);

    /// <summary>Its id is not snake_case.</summary>
    [Metric("BadId")]
    [Source("mge")]
    public sealed class BadMetricId(StochasticGame game) : MetricBase(game);

    /// <summary>Its id lacks a version.</summary>
    [Game("unversioned")]
    [Source("mge")]
    public sealed class BadGameId(SampleInner options) : GameBase(options);

    /// <summary>It has no source.</summary>
    [Metric("no_source")]
    public sealed class NoSource(StochasticGame game) : MetricBase(game);

    /// <summary>Its source does not exist.</summary>
    [Metric("unknown_source")]
    [Source("romeo")]
    public sealed class UnknownSource(StochasticGame game) : MetricBase(game);

    /// <summary>One of two.</summary>
    [Metric("twice")]
    [Source("mge")]
    public sealed class Twice1(StochasticGame game) : MetricBase(game);

    /// <summary>The other of two.</summary>
    [Metric("twice")]
    [Source("mge")]
    public sealed class Twice2(StochasticGame game) : MetricBase(game);

    /// <summary>Not a game at all.</summary>
    [Game("impostor-v0")]
    [Source("mge")]
    public sealed class WrongContract;

    /// <summary>Its constructor is hidden.</summary>
    [Metric("hidden")]
    [Source("mge")]
    public sealed class NoConstructor : MetricBase
    {
        private NoConstructor(StochasticGame game)
            : base(game)
        {
        }
    }

    /// <summary>It has two constructors.</summary>
    [Metric("ambiguous")]
    [Source("mge")]
    public sealed class TwoConstructors : MetricBase
    {
        public TwoConstructors(StochasticGame game)
            : base(game)
        {
        }

        public TwoConstructors(StochasticGame game, SampleInner options)
            : base(game) => _ = options;
    }

    /// <summary>A metric takes a game.</summary>
    [Metric("greedy")]
    [Source("mge")]
    public sealed class MetricWithoutGame(SampleInner options) : MetricBase(null!)
    {
        public SampleInner Given { get; } = options;
    }

    /// <summary>It does not say what memory it takes.</summary>
    [Solver("no_estimate")]
    [Source("mge")]
    public sealed class NoEstimate(StochasticGame game, SampleInner options) : SampleAlgorithm
    {
        public StochasticGame Game { get; } = game;

        public SampleInner Given { get; } = options;
    }

    /// <summary>It has no options.</summary>
    [Game("no_options-v0")]
    [Source("mge")]
    public sealed class NoOptions() : GameBase(new object());

    /// <summary>It takes no game.</summary>
    [Solver("no_game")]
    [Source("mge")]
    public sealed class NoGame(SampleInner options) : SampleAlgorithm
    {
        public SampleInner Given { get; } = options;
    }

    /// <summary>Its options break their own range.</summary>
    [Game("bad_default-v0")]
    [Source("mge")]
    public sealed class BadDefault(BadDefault.Options options) : GameBase(options)
    {
        /// <summary>Options.</summary>
        public sealed record Options
        {
            /// <summary>In range.</summary>
            [Range(0, 3)]
            public int Size { get; init; } = 4;

            /// <summary>Not finite.</summary>
            public double Scale { get; init; } = double.PositiveInfinity;
        }
    }

    /// <summary>An option has no text.</summary>
    [Game("bad_options-v0")]
    [Source("mge")]
    public sealed class BadOptions(BadOptions.Options options) : GameBase(options)
    {
        /// <summary>Options.</summary>
        public sealed record Options
        {
            public int Silent { get; init; } = 4;

            /// <summary>No type of an option.</summary>
            public DateOnly Day { get; init; }

            /// <summary>A range on a text.</summary>
            [Range(1, 2)]
            public string Name { get; init; } = "";

            /// <summary>An empty range.</summary>
            [Range(2.0, 1.0)]
            public double Empty { get; init; } = 1.5;

            /// <summary>Another rule.</summary>
            [MinLength(3)]
            public int[] Sizes { get; init; } = [1, 2, 3];

            /// <summary>Itself.</summary>
            public Options? Inner { get; init; }
        }
    }

    /// <summary>A game that cannot be played.</summary>
    public abstract class GameBase(object options) : Game
    {
        public object Given { get; } = options;

        public override Environment CreateEnvironment() => throw new NotSupportedException();

        public override Drawing Draw(in World world) => throw new NotSupportedException();
    }

    /// <summary>A metric that cannot measure.</summary>
    public abstract class MetricBase(StochasticGame game) : IMetric
    {
        public StochasticGame Game { get; } = game;

        public Certificate Measure(PolicyProfile policies, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
