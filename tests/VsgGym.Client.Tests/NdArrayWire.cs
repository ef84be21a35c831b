namespace VsgGym.Client.Tests;

/// <summary>Arrays as they come back from the wire's message.</summary>
internal static class NdArrayWire
{
    public static NdArray RoundTrip(NdArray array) =>
        NdArray.FromWire(Protocol.V1.Tensor.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(array.ToWire())));
}
