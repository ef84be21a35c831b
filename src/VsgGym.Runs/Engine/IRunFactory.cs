using VsgGym.Core;
using VsgGym.Numerics;

namespace VsgGym.Runs;

/// <summary>Builds what a run is made of. Thread-safe.</summary>
public interface IRunFactory
{
    /// <summary>Builds the game.</summary>
    /// <param name="game">By id and options, or in full.</param>
    /// <exception cref="VsgGymException">No such game, or the game is at fault.</exception>
    Game CreateGame(RunGame game);

    /// <summary>Checks a learner's options and fills in the defaults.</summary>
    /// <param name="learner">Its id.</param>
    /// <param name="optionsJson">An object; empty means {}.</param>
    /// <exception cref="VsgGymException">No such learner, or every fault of its options.</exception>
    string ResolveOptions(string learner, string optionsJson);

    /// <summary>Makes a learner.</summary>
    /// <param name="learner">Its id.</param>
    /// <param name="environment">What to play.</param>
    /// <param name="optionsJson">Its options.</param>
    /// <param name="random">Its random numbers.</param>
    /// <exception cref="VsgGymException">No such learner, every fault of its options, or a game it cannot learn.</exception>
    ILearner CreateLearner(string learner, Core.Environment environment, string optionsJson, RandomStream random);

    /// <summary>The metric that evaluations of a tabular game measure the gap with, or null for none.</summary>
    /// <param name="table">The game's table.</param>
    IMetric? CreateMetric(StochasticGame table);
}
