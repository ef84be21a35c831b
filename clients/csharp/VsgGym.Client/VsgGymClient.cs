using Grpc.Net.Client;
using VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A connection to a VsgGym server: lists and describes, plays, solves, certifies, trains, evaluates.</summary>
/// <remarks>Safe for concurrent use; keep one for the life of the program. Every failure is a <see cref="VsgGymException"/> of a class that says its kind.</remarks>
/// <example>
/// <code>
/// await using var client = await VsgGymClient.ConnectAsync("127.0.0.1:50051"); // or "unix:/path"
/// var solution = await client.SolveAsync("climbing-v0", "rommeo_q", new() { ["episodes"] = 300 });
/// Console.WriteLine($"{solution.Policies["player_0"]}, NashConv {solution.Certificate.Gap}");
/// </code>
/// </example>
public sealed partial class VsgGymClient : IAsyncDisposable, IDisposable
{
    private const int ProtocolMajor = 1;
    private const int ProtocolMinor = 0;

    private readonly GrpcChannel _channel;
    private readonly Caller _caller;
    private readonly CatalogService.CatalogServiceClient _catalog;
    private readonly EnvironmentService.EnvironmentServiceClient _environments;
    private readonly SolverService.SolverServiceClient _solvers;
    private readonly RunService.RunServiceClient _runs;
    private readonly ModelService.ModelServiceClient _models;

    private VsgGymClient(string address, GrpcChannel channel, Caller caller)
    {
        (Address, _channel, _caller) = (address, channel, caller);
        _catalog = new CatalogService.CatalogServiceClient(channel);
        _environments = new EnvironmentService.EnvironmentServiceClient(channel);
        _solvers = new SolverService.SolverServiceClient(channel);
        _runs = new RunService.RunServiceClient(channel);
        _models = new ModelService.ModelServiceClient(channel);
        Server = null!; // set by the handshake, before anyone sees this client
    }

    /// <summary>The address this client talks to.</summary>
    public string Address { get; }

    /// <summary>Who answered, and what it allows.</summary>
    public ServerInfo Server { get; private set; }

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="address">"host:port", "https://host:port" or "unix:/path"; null: the variable VSGGYM_ADDRESS, else the address file that VSGGYM_ADDRESS_FILE names, else 127.0.0.1:50051.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidArgumentException">The address, the address file, a certificate or an option is wrong.</exception>
    /// <exception cref="UnavailableException">Nothing answers there; the message names the stage.</exception>
    /// <exception cref="FailedPreconditionException">The server speaks another major version of the protocol.</exception>
    /// <exception cref="UnauthenticatedException">The server wants a token.</exception>
    /// <example>
    /// <code>
    /// var client = await VsgGymClient.ConnectAsync("unix:/tmp/vsggym.sock", new() { Timeout = TimeSpan.FromSeconds(5) });
    /// </code>
    /// </example>
    public static async Task<VsgGymClient> ConnectAsync(string? address = null, ClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ClientOptions();
        options.Check();
        var endpoint = Endpoint.Resolve(address, options.Token, Environment.GetEnvironmentVariable);
        var channel = ChannelFactory.Create(endpoint.Address, options);
        var client = new VsgGymClient(endpoint.Address, channel, new Caller(options, ChannelFactory.Metadata(endpoint.Token), TimeProvider.System));
        try
        {
            await client.ShakeHandsAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connection; the server closes the environments whose streams end with it.</summary>
    public void Dispose() => _channel.Dispose();

    /// <summary>Closes the connection; the server closes the environments whose streams end with it.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        var request = new HandshakeRequest { ProtocolMajor = ProtocolMajor, ProtocolMinor = ProtocolMinor, Client = _caller.Options.Name };
        HandshakeResponse response;
        try
        {
            using var call = _catalog.HandshakeAsync(request, _caller.For(_caller.Options.ConnectTimeout, cancellationToken));
            response = await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (Grpc.Core.RpcException e)
        {
            throw HandshakeErrors.Explain(e, Address, _caller.Options, cancellationToken);
        }

        if (response.ProtocolMajor != ProtocolMajor)
            throw HandshakeErrors.OtherVersion(Address, $"{ProtocolMajor}.{ProtocolMinor}", $"{response.ProtocolMajor}.{response.ProtocolMinor}");
        Server = CatalogReader.Server(response);
        if (Server.Limits.MaxMessageBytes > 0) _caller.MaxRequestBytes = Server.Limits.MaxMessageBytes;
    }
}
