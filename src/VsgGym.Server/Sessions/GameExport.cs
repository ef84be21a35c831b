using VsgGym.Core;
using VsgGym.Games;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Writes games in full: what UploadGame takes, with every number as it is.</summary>
/// <param name="maxMessageBytes">The largest message the server sends.</param>
internal sealed class GameExport(long maxMessageBytes)
{
    private const long LeastBytesPerPayoff = 2; // a digit and a blank of .nfg text

    /// <summary>Writes a game.</summary>
    /// <param name="resolved">The game.</param>
    /// <param name="sparse">Whether a table's rewards and transitions come in coordinate form.</param>
    /// <exception cref="VsgGymException">RESOURCE_EXHAUSTED: a message does not hold it; INVALID_ARGUMENT: it has no arrays.</exception>
    public Proto.ExportGameResponse Write(ResolvedGame resolved, bool sparse)
    {
        string title = (resolved.Game as IUploadedGame)?.Title ?? resolved.Id;
        var response = resolved.Game switch
        {
            { Table: { } table } => Table(resolved.Id, table, title, sparse),
            UploadedMeanField population => MeanField(population.Arrays, title, population.Agents),
            CatalogMeanField population => MeanField(TablesOf(resolved.Id, population), title, population.Agents),
            { Flow: { } graph } => new Proto.ExportGameResponse { Game = new Proto.GameSpec { Flow = FlowMessages.Write(graph, title) } },
            _ => throw VsgGymException.Invalid("game", resolved.Id, "this game has box actions and no arrays to export", "no_table"),
        };
        CheckSize(resolved.Id, sparse, response.CalculateSize());
        return response;
    }

    private static Proto.ExportGameResponse MeanField(LinearMeanFieldGame population, string title, int agents) =>
        new() { Game = new Proto.GameSpec { MeanField = MeanFieldMessages.Write(population, title, agents) } };

    private LinearMeanFieldGame TablesOf(string id, CatalogMeanField population)
    {
        var tables = FaultPaths.Under("states", "game", () => population.ReadTables(maxMessageBytes / sizeof(double)));
        return tables is not null ? new LinearMeanFieldGame(tables)
            : throw VsgGymException.Invalid("game", id, "the rules of this mean-field game are not tables linear in the population, so there are no arrays to export", "no_table");
    }

    private Proto.ExportGameResponse Table(string id, StochasticGame table, string title, bool sparse)
    {
        bool oneShot = NfgWriter.CanWrite(table);
        long nfg = oneShot ? LeastBytesPerPayoff * table.PlayerCount * table.JointActionCount : 0;
        CheckSize(id, sparse, (sparse ? SparseBytes(table) : DenseBytes(table)) + nfg); // before anything is allocated
        var response = new Proto.ExportGameResponse { Game = new Proto.GameSpec { Tabular = TableExport.Write(table, title, sparse) } };
        if (oneShot) response.Nfg = NfgWriter.Write(table, title);
        return response;
    }

    private static long DenseBytes(StochasticGame table)
    {
        long rows = (long)table.StateCount * table.JointActionCount;
        return sizeof(double) * rows * (table.PlayerCount + table.StateCount);
    }

    private static long SparseBytes(StochasticGame table)
    {
        long elements = table.TransitionCount;
        for (int p = 0; p < table.PlayerCount; p++)
            foreach (double reward in table.Rewards(p)) elements += reward != 0 ? 1 : 0;
        return elements * (sizeof(double) + (sizeof(int) * (table.PlayerCount + 2L)));
    }

    private void CheckSize(string id, bool sparse, long bytes)
    {
        if (bytes <= maxMessageBytes) return;
        string smaller = sparse ? string.Empty : "ask for the sparse form, or ";
        throw VsgGymException.OverLimit("game", id, $"its arrays need a message of at least {bytes} bytes and a message may have at most {maxMessageBytes}: {smaller}start the server with a larger --max-message-bytes", "message_too_large");
    }
}
