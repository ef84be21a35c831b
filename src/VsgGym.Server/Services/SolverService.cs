using System.Threading.Channels;
using Grpc.Core;
using VsgGym.Core;
using VsgGym.Server.Hosting;
using VsgGym.Server.Sessions;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Services;

/// <summary>Solves games with progress, and measures policies.</summary>
/// <param name="catalog">Solvers and metrics by id.</param>
/// <param name="games">Finds or builds games.</param>
/// <param name="slots">The running solves.</param>
/// <param name="limits">The largest message.</param>
/// <param name="clock">The clock of deadlines.</param>
/// <param name="drain">Says when running solves have to end with what they have.</param>
internal sealed class SolverService(
    Catalog catalog,
    GameResolver games,
    SolveSlots slots,
    ServerLimits limits,
    TimeProvider clock,
    Drain drain)
    : Proto.SolverService.SolverServiceBase
{
    // A slow reader sees the newest progress; the solver never waits for it.
    private static readonly BoundedChannelOptions LatestProgress = new(16)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
        SingleWriter = true,
    };

    /// <inheritdoc/>
    public override async Task Solve(Proto.SolveRequest request, IServerStreamWriter<Proto.SolveEvent> responseStream, ServerCallContext context)
    {
        using var deadline = new SolveDeadline(context.Deadline, clock);
        using var slot = slots.Take();
        using var draining = drain.Ending.Register(slot.Stop);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var outOfTime = CancellationTokenSource.CreateLinkedTokenSource(deadline.OutOfTime, drain.OutOfTime, slot.EndMeasurement);
        using var endStep = CancellationTokenSource.CreateLinkedTokenSource(outOfTime.Token, deadline.EndStep, slot.EndStep);
        var job = await OnOwnThread(() => new SolveJob(request, catalog, games, limits.MaxMessageBytes, limits.MaxSolveBytes, context.CancellationToken)).ConfigureAwait(false);
        var progress = Channel.CreateBounded<Proto.SolveProgress>(LatestProgress);
        string? StopRequested() => slot.StopRequested ? "stop_requested" : deadline.IsNear ? "deadline" : null;
        var solving = Task.FromResult(new Proto.Solution());
        try
        {
            await responseStream.WriteAsync(new Proto.SolveEvent { Started = job.Started(slot.Id) }).ConfigureAwait(false);
            solving = OnOwnThread(() => Run(job, progress.Writer, StopRequested, outOfTime.Token, endStep.Token, ended.Token));
            await foreach (var step in progress.Reader.ReadAllAsync(ended.Token).ConfigureAwait(false))
                await responseStream.WriteAsync(new Proto.SolveEvent { Progress = step }).ConfigureAwait(false);
            var solution = await solving.ConfigureAwait(false);
            await responseStream.WriteAsync(new Proto.SolveEvent { Solution = solution }).ConfigureAwait(false);
        }
        catch (Exception error) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The client ended the solve.", error, context.CancellationToken);
        }
        finally
        {
            // The slot is free only when the solver's thread has really ended.
            await ended.CancelAsync().ConfigureAwait(false);
            await ((Task)solving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public override Task<Proto.StopResponse> Stop(Proto.StopRequest request, ServerCallContext context)
    {
        slots.Stop(request.SolveId);
        return Task.FromResult(new Proto.StopResponse());
    }

    /// <inheritdoc/>
    public override async Task<Proto.Certificate> Certify(Proto.CertifyRequest request, ServerCallContext context)
    {
        using var slot = slots.Take(); // measuring a large game is as heavy as solving one
        return await OnOwnThread(() =>
        {
            var form = ConceptReader.Form(catalog, games.Resolve(request.Game), request.Concept);
            var metric = catalog.CreateMetric(ConceptReader.Of(request.Concept, form), form, request.ConceptOptionsJson, CrewReader.Read(0));
            var profile = ProfileReader.Read(request.Policies, request.JointPolicy, form);
            var certificate = metric.Measure(profile, context.CancellationToken);
            return CertificateWriter.Write(certificate, form, new Dictionary<string, Bound>());
        }).ConfigureAwait(false);
    }

    private static Proto.Solution Run(SolveJob job, ChannelWriter<Proto.SolveProgress> progress, Func<string?> stopRequested, CancellationToken outOfTime, CancellationToken endStep, CancellationToken cancellationToken)
    {
        try
        {
            return job.Run(step => progress.TryWrite(step), stopRequested, outOfTime, cancellationToken, endStep);
        }
        finally
        {
            progress.Complete();
        }
    }

    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
