using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>A game given back as arrays.</summary>
/// <param name="Game">A <see cref="TabularGame"/>, <see cref="MeanFieldGame"/> or <see cref="FlowGraph"/>.</param>
/// <param name="Nfg">Gambit's normal-form text of a game of one state and one decision, else null.</param>
public sealed record ExportedGame(GameSource Game, string? Nfg)
{
    internal static GameSource Read(Wire.GameSpec spec) => spec.SourceCase switch
    {
        Wire.GameSpec.SourceOneofCase.MeanField => MeanFieldGame.FromWire(spec.MeanField),
        Wire.GameSpec.SourceOneofCase.Flow => FlowGraph.FromWire(spec.Flow),
        _ => TabularGame.FromWire(spec.Tabular),
    };
}
