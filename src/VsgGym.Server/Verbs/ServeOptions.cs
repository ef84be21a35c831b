using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Logging;
using VsgGym.Server.Hosting;

namespace VsgGym.Server.Verbs;

/// <summary>The options of `serve`.</summary>
internal sealed class ServeOptions
{
    private const int DefaultPort = 50051;
    private const double MostSeconds = 1e7;

    private static readonly ServerLimits Defaults = new();
    private static readonly Dictionary<string, LogLevel> Levels = new(StringComparer.Ordinal)
    {
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["none"] = LogLevel.None,
    };

    private readonly Option<ListenAddress[]> _listen = new("--listen")
    {
        Description = $"Address to listen on: IP:PORT (port 0 takes a free one) or unix:/PATH; repeatable [default: 127.0.0.1:{DefaultPort}]",
        HelpName = "ADDRESS",
        CustomParser = ReadAddresses,
    };

    private readonly Option<string?> _addressFile = new("--address-file") { Description = "Write the address, as JSON, to this file while the server runs", HelpName = "FILE" };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "Demand the token in this file of every call but health", HelpName = "FILE" };
    private readonly Option<string?> _certificate = new("--tls-cert") { Description = "Encrypt TCP: the server's certificate with its chain, PEM", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--tls-key") { Description = "Encrypt TCP: the certificate's private key, PEM", HelpName = "FILE" };
    private readonly Option<string?> _clientAuthority = new("--client-ca") { Description = "Demand a client certificate of this authority, PEM", HelpName = "FILE" };
    private readonly Option<int> _maxNumEnvs = Count("--max-num-envs", "Most copies per environment", Defaults.MaxNumEnvs, 1);
    private readonly Option<int> _maxMessageBytes = Count("--max-message-bytes", "Largest message taken or sent", Defaults.MaxMessageBytes, 1024);
    private readonly Option<int> _maxEnvironments = Count("--max-environments", "Most open environments", Defaults.MaxEnvironments, 1);
    private readonly Option<int> _maxSolves = Count("--max-solves", "Most solves at once", Defaults.MaxSolves, 1);
    private readonly Option<int> _maxUploads = Count("--max-uploads", "Most uploaded games kept", Defaults.MaxUploads, 1);
    private readonly Option<string?> _runs = RunsOption.Create("Where training runs and uploaded models live");
    private readonly Option<int> _threads = ThreadsOption.Create();
    private readonly Option<int> _maxRuns = Count("--max-runs", "Most training runs at once; further ones wait", Defaults.MaxRuns, 1);
    private readonly Option<int> _maxQueuedRuns = Count("--max-queued-runs", "Most training runs that wait", Defaults.MaxQueuedRuns, 0);
    private readonly Option<int> _maxStoredRuns = Count("--max-stored-runs", "Most training runs kept, ended ones included", Defaults.MaxStoredRuns, 1);
    private readonly Option<long> _maxSolveBytes = Bytes("--max-solve-bytes", "Bytes that the tables of one solve may take", Defaults.MaxSolveBytes);
    private readonly Option<long> _maxRunBytes = Bytes("--max-run-bytes", "Bytes of runs on disk above which none is started", Defaults.MaxRunBytes);
    private readonly Option<int> _maxModels = Count("--max-models", "Most uploaded models kept", Defaults.MaxModels, 1);
    private readonly Option<int> _maxModelBytes = Count("--max-model-bytes", "Largest model file taken", Defaults.MaxModelBytes, 1024);
    private readonly Option<long> _maxModelTotalBytes = Bytes("--max-model-total-bytes", "Most bytes of uploaded models kept", Defaults.MaxModelTotalBytes);
    private readonly Option<int> _maxEvaluations = Count("--max-evaluations", "Most evaluations at once", Defaults.MaxEvaluations, 1);
    private readonly Option<double> _idle = Seconds("--idle-seconds", "An environment unused for this long is closed", Defaults.Idle);
    private readonly Option<double> _orphan = Seconds("--orphan-seconds", "An environment whose client's connection closed is closed after this long", Defaults.Orphan);
    private readonly Option<double> _grace = Seconds("--grace-seconds", "How long open calls may go on after the server is told to end", new ServerOptions().Grace);
    private readonly Option<string> _logFormat = new("--log-format") { Description = "Form of the log on stderr", DefaultValueFactory = _ => "text" };
    private readonly Option<string> _logLevel = new("--log-level") { Description = "Least level that is logged", DefaultValueFactory = _ => "information" };

    /// <summary>Makes the options.</summary>
    public ServeOptions()
    {
        _logFormat.AcceptOnlyFromAmong("text", "json");
        _logLevel.AcceptOnlyFromAmong([.. Levels.Keys]);
    }

    /// <summary>Every option, in the order that --help shows.</summary>
    public IEnumerable<Option> All =>
    [
        _listen, _addressFile, _tokenFile, _certificate, _key, _clientAuthority, _maxNumEnvs, _maxMessageBytes, _maxEnvironments,
        _maxSolves, _maxUploads, _runs, _threads, _maxRuns, _maxQueuedRuns, _maxStoredRuns, _maxRunBytes, _maxSolveBytes, _maxModels, _maxModelBytes, _maxModelTotalBytes, _maxEvaluations,
        _idle, _orphan, _grace, _logFormat, _logLevel,
    ];

    /// <summary>Refuses options that need one another.</summary>
    public void CheckTogether(CommandResult result)
    {
        bool certificate = result.GetResult(_certificate) is not null, key = result.GetResult(_key) is not null;
        if (certificate != key) result.AddError("--tls-cert and --tls-key go together");
        if (!certificate && result.GetResult(_clientAuthority) is not null) result.AddError("--client-ca needs --tls-cert and --tls-key");
    }

    /// <summary>What the command line says.</summary>
    public ServerOptions Read(ParseResult result) => new()
    {
        Listen = result.GetValue(_listen) is { Length: > 0 } given ? [.. given] : [ListenAddress.Loopback(DefaultPort)],
        AddressFile = result.GetValue(_addressFile),
        TokenFile = result.GetValue(_tokenFile),
        Tls = result.GetValue(_certificate) is { } certificate ? new TlsOptions(certificate, result.GetValue(_key)!, result.GetValue(_clientAuthority)) : null,
        RunsDirectory = result.GetValue(_runs) ?? RunsOption.Default,
        TrainingThreads = result.GetValue(_threads),
        NeedsRuns = result.GetValue(_runs) is not null,
        Grace = TimeSpan.FromSeconds(result.GetValue(_grace)),
        LogLevel = Levels[result.GetValue(_logLevel)!],
        LogsAsJson = result.GetValue(_logFormat) == "json",
        Limits = new ServerLimits
        {
            MaxNumEnvs = result.GetValue(_maxNumEnvs),
            MaxMessageBytes = result.GetValue(_maxMessageBytes),
            MaxEnvironments = result.GetValue(_maxEnvironments),
            MaxSolves = result.GetValue(_maxSolves),
            MaxUploads = result.GetValue(_maxUploads),
            MaxRuns = result.GetValue(_maxRuns),
            MaxQueuedRuns = result.GetValue(_maxQueuedRuns),
            MaxStoredRuns = result.GetValue(_maxStoredRuns),
            MaxSolveBytes = result.GetValue(_maxSolveBytes),
            MaxRunBytes = result.GetValue(_maxRunBytes),
            MaxModels = result.GetValue(_maxModels),
            MaxModelBytes = result.GetValue(_maxModelBytes),
            MaxModelTotalBytes = result.GetValue(_maxModelTotalBytes),
            MaxEvaluations = result.GetValue(_maxEvaluations),
            Idle = TimeSpan.FromSeconds(result.GetValue(_idle)),
            Orphan = TimeSpan.FromSeconds(result.GetValue(_orphan)),
        },
    };

    private static ListenAddress[]? ReadAddresses(ArgumentResult result)
    {
        var addresses = new List<ListenAddress>();
        foreach (var word in result.Tokens)
        {
            try
            {
                addresses.Add(ListenAddress.Parse(word.Value));
            }
            catch (FormatException error)
            {
                result.AddError($"--listen: {error.Message}");
                return null;
            }
        }

        return [.. addresses];
    }

    private static Option<int> Count(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result => Check(result, word => int.TryParse(word, out int n) && n >= least, $"must be a whole number of at least {least}"));
        return option;
    }

    private static Option<long> Bytes(string name, string description, long value)
    {
        var option = new Option<long>(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };
        option.Validators.Add(result => Check(result, word => long.TryParse(word, out long n) && n >= 1, "must be a whole number of at least 1"));
        return option;
    }

    private static Option<double> Seconds(string name, string description, TimeSpan value)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => value.TotalSeconds, HelpName = "SECONDS" };
        option.Validators.Add(result => Check(result, word => double.TryParse(word, out double s) && s is >= 0 and <= MostSeconds, $"must be in [0, {MostSeconds}]"));
        return option;
    }

    private static void Check(OptionResult result, Func<string, bool> fits, string rule)
    {
        if (result.Tokens.Count > 0 && !fits(result.Tokens[0].Value)) result.AddError($"{result.Option.Name} {result.Tokens[0].Value}: {rule}");
    }
}
