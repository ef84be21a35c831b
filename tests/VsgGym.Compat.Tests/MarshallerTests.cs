using System.Text;
using Grpc.Core;

namespace VsgGym.Compat.Tests;

public sealed class MarshallerTests
{
    [Fact]
    public void ContextualMarshaller_AlsoWorksOverArrays()
    {
        var marshaller = Marshallers.Create(
            (text, context) =>
            {
                context.SetPayloadLength(text.Length);
                Encoding.ASCII.GetBytes(text, context.GetBufferWriter());
                context.Complete();
            },
            context => Encoding.ASCII.GetString(context.PayloadAsReadOnlySequence()) + context.PayloadLength);

        Assert.Equal("abc"u8, marshaller.Serializer("abc"));
        Assert.Equal("abc3", marshaller.Deserializer("abc"u8.ToArray()));
    }

    [Fact]
    public void StringMarshaller_IsUtf8() =>
        Assert.Equal("\u00e9"u8, Marshallers.StringMarshaller.Serializer("\u00e9"));

    [Fact]
    public void Method_HasItsPathAsFullName()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "pkg.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        Assert.Equal("/pkg.Service/Do", method.FullName);
    }

    [Fact]
    public void CallOptionsWith_ChangesOnlyThat()
    {
        using var cancellation = new CancellationTokenSource();
        var options = new CallOptions(cancellationToken: cancellation.Token).WithWaitForReady().WithHeaders(Metadata.Empty);

        Assert.Equal(cancellation.Token, options.CancellationToken);
        Assert.True(options.IsWaitForReady);
        Assert.Same(Metadata.Empty, options.Headers);
        Assert.Null(options.Deadline);
    }
}
