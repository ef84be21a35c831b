using VsgGym.Core;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>Writes a certificate for the wire.</summary>
internal static class CertificateWriter
{
    /// <summary>The measured gaps, and the promises of the theory in name order.</summary>
    /// <param name="certificate">What was measured from the policies.</param>
    /// <param name="game">The game, for the players' names.</param>
    /// <param name="bounds">The method's own promises; one of the same name as the certificate's replaces it.</param>
    public static Proto.Certificate Write(Certificate certificate, ISolvableGame game, IReadOnlyDictionary<string, Bound> bounds)
    {
        var wire = new Proto.Certificate { Concept = certificate.Concept, Gap = certificate.Gap };
        for (int p = 0; p < game.Players.Length; p++)
            wire.Players.Add(new Proto.PlayerGap { Player = game.Players[p], Gap = certificate.GapPerPlayer[p], Value = certificate.Values[p] });
        foreach (var (name, bound) in certificate.Bounds.SetItems(bounds))
            wire.Bounds.Add(new Proto.Bound
            {
                Name = name,
                Value = bound.Value,
                PremiseHolds = bound.PremiseHolds,
                Statement = bound.Statement,
                Measured = bound.Measured,
            });
        return wire;
    }
}
