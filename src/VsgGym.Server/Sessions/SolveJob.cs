using VsgGym.Core;
using VsgGym.Numerics;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>One solve, checked and ready: the request's game, solver and concept; plain and synchronous, without gRPC.</summary>
internal sealed class SolveJob
{
    private readonly Proto.SolveRequest _request;
    private readonly ResolvedGame _game;
    private readonly ISolvableGame _form;
    private readonly IAlgorithm _algorithm;
    private readonly IMetric _metric;
    private readonly SolveLimits _limits;
    private readonly string _options;
    private readonly long _maxMessageBytes;

    /// <summary>Checks a request in full.</summary>
    /// <param name="request">What to solve, and how.</param>
    /// <param name="catalog">Solvers and metrics by id.</param>
    /// <param name="games">Finds or builds the game.</param>
    /// <param name="maxMessageBytes">The largest message the server sends.</param>
    /// <param name="maxBytes">The most memory the solver's tables may take.</param>
    /// <param name="cancellationToken">Checked while the solver's tables are made.</param>
    /// <exception cref="VsgGymException">The request is at fault, or its answer or the solver's tables would be too large.</exception>
    public SolveJob(Proto.SolveRequest request, Catalog catalog, GameResolver games, long maxMessageBytes, long maxBytes = SolveLimits.DefaultMaxBytes, CancellationToken cancellationToken = default)
    {
        _request = request;
        _maxMessageBytes = maxMessageBytes;
        _limits = SolveLimitsReader.Read(request);
        var solver = catalog.FindSolver(request.Solver);
        var concept = catalog.FindMetric(request.Concept.Length == 0 ? solver.Concept : request.Concept);
        _options = solver.ResolveOptions(request.OptionsJson, "options");
        _game = games.Resolve(request.Game);
        _form = GameForms.Of(_game, solver);
        var crew = CrewReader.Read(request.Threads);
        _metric = catalog.CreateMetric(concept.Id, _form, request.ConceptOptionsJson, crew);
        CheckSize(SolutionSizes.LeastOf(_form));
        _algorithm = catalog.CreateSolver(request.Solver, _form, request.OptionsJson, RandomStream.Create(request.Seed), crew, maxBytes, cancellationToken: cancellationToken);
        if (request.Start is { } start) WarmStartReader.Start(_algorithm, request.Solver, start, _form, cancellationToken);
        CheckSize(SolutionSizes.Of(_algorithm.ReadSolution(new CancellationToken(canceled: true)))); // at once; shapes do not change while it solves
    }

    /// <summary>What a caller learns before the first iteration.</summary>
    /// <param name="id">The solve's id.</param>
    public Proto.SolveStarted Started(string id)
    {
        var started = new Proto.SolveStarted { SolveId = id, OptionsJson = _options, MaxIterations = _algorithm.Limit.Iterations };
        started.MetricNames.AddRange(_algorithm.MetricNames);
        return started;
    }

    /// <summary>Solves and measures the answer.</summary>
    /// <param name="progress">Called from this thread; must not block.</param>
    /// <param name="stopRequested">A text ends the solve with what it has, for that reason.</param>
    /// <param name="outOfTime">Ends the measurement: the answer then comes without a certificate or without the solver's bounds in it, for the reason that
    /// <paramref name="stopRequested"/> gives, or "deadline".</param>
    /// <param name="cancellationToken">Ends the solve without an answer.</param>
    /// <param name="endStep">Ends the iteration that is going on, for which <paramref name="stopRequested"/> cannot wait, and with it the solve.</param>
    /// <returns>The answer; without its trace where that alone is what the largest message does not hold.</returns>
    /// <exception cref="VsgGymException">The answer is above the server's largest message.</exception>
    public Proto.Solution Run(Action<Proto.SolveProgress> progress, Func<string?> stopRequested, CancellationToken outOfTime, CancellationToken cancellationToken, CancellationToken endStep = default)
    {
        var outcome = SolveLoop.Run(_algorithm, _limits, step => progress(Write(step)), stopRequested, cancellationToken, endStep);
        var solution = SolutionWriter.Write(outcome, _form);
        if (!Measure(outcome.Solution.Policies, solution, outOfTime, cancellationToken)) solution.StopReason = stopRequested() ?? "deadline";
        solution.Solver = _request.Solver;
        solution.OptionsJson = _options;
        solution.Seed = _request.Seed;
        solution.GameId = _game.Id;
        solution.GameOptionsJson = _game.OptionsJson;
        if (solution.CalculateSize() > _maxMessageBytes) solution.Trace = null;
        CheckSize(solution.CalculateSize());
        return solution;
    }

    private static Proto.SolveProgress Write(SolveProgress step)
    {
        var progress = new Proto.SolveProgress { Iteration = step.Iteration, Residual = step.Residual };
        progress.Metrics.AddRange(step.Metrics);
        return progress;
    }

    // Adds the certificate; false where there was no time for all of it.
    private bool Measure(PolicyProfile policies, Proto.Solution solution, CancellationToken outOfTime, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(outOfTime, cancellationToken);
        Certificate? certificate = null;
        try
        {
            either.Token.ThrowIfCancellationRequested();
            certificate = _metric.Measure(policies, either.Token);
            solution.Certificate = CertificateWriter.Write(certificate, _form, _algorithm.ReadBounds(either.Token));
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (certificate is not null) solution.Certificate = CertificateWriter.Write(certificate, _form, new Dictionary<string, Bound>());
            return false;
        }
    }

    private void CheckSize(long bytes)
    {
        if (bytes > _maxMessageBytes)
            throw VsgGymException.OverLimit("solution", $"{bytes} bytes", $"the solution must not exceed the server's largest message of {_maxMessageBytes} bytes: raise --max-message-bytes, or lower the game's size or horizon", "message_too_large");
    }
}
