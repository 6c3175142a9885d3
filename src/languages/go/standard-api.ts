/**
 * The exported interface of the commonest standard packages (go1.26.8), one text each; only names and types.
 * Written by scripts/standard-api.go, which explains the format; not to be edited.
 */
export const standardApi: Readonly<Record<string, string>> = {
  bufio: `V ErrAdvanceTooFar error
V ErrBadReadCount error
V ErrBufferFull error
V ErrFinalToken error
V ErrInvalidUnreadByte error
V ErrInvalidUnreadRune error
V ErrNegativeAdvance error
V ErrNegativeCount error
V ErrTooLong error
F NewReadWriter func(*Reader, *Writer) *ReadWriter
F NewReader func(io.Reader) *Reader
F NewReaderSize func(io.Reader, int) *Reader
F NewScanner func(io.Reader) *Scanner
F NewWriter func(io.Writer) *Writer
F NewWriterSize func(io.Writer, int) *Writer
T ReadWriter struct
 .Reader *Reader
 .Writer *Writer
 Available func() int
 AvailableBuffer func() []byte
 Discard func(int) (int, error)
 Flush func() error
 Peek func(int) ([]byte, error)
 Read func([]byte) (int, error)
 ReadByte func() (byte, error)
 ReadBytes func(byte) ([]byte, error)
 ReadFrom func(io.Reader) (int64, error)
 ReadLine func() ([]byte, bool, error)
 ReadRune func() (rune, int, error)
 ReadSlice func(byte) ([]byte, error)
 ReadString func(byte) (string, error)
 UnreadByte func() error
 UnreadRune func() error
 Write func([]byte) (int, error)
 WriteByte func(byte) error
 WriteRune func(rune) (int, error)
 WriteString func(string) (int, error)
 WriteTo func(io.Writer) (int64, error)
T Reader struct
 Buffered func() int
 Discard func(int) (int, error)
 Peek func(int) ([]byte, error)
 Read func([]byte) (int, error)
 ReadByte func() (byte, error)
 ReadBytes func(byte) ([]byte, error)
 ReadLine func() ([]byte, bool, error)
 ReadRune func() (rune, int, error)
 ReadSlice func(byte) ([]byte, error)
 ReadString func(byte) (string, error)
 Reset func(io.Reader)
 Size func() int
 UnreadByte func() error
 UnreadRune func() error
 WriteTo func(io.Writer) (int64, error)
F ScanBytes func([]byte, bool) (int, []byte, error)
F ScanLines func([]byte, bool) (int, []byte, error)
F ScanRunes func([]byte, bool) (int, []byte, error)
F ScanWords func([]byte, bool) (int, []byte, error)
T Scanner struct
 Buffer func([]byte, int)
 Bytes func() []byte
 Err func() error
 Scan func() bool
 Split func(SplitFunc)
 Text func() string
T SplitFunc func([]byte, bool) (int, []byte, error)
T Writer struct
 Available func() int
 AvailableBuffer func() []byte
 Buffered func() int
 Flush func() error
 ReadFrom func(io.Reader) (int64, error)
 Reset func(io.Writer)
 Size func() int
 Write func([]byte) (int, error)
 WriteByte func(byte) error
 WriteRune func(rune) (int, error)
 WriteString func(string) (int, error)
C untyped int: MaxScanTokenSize`,
  bytes: `T Buffer struct
 Available func() int
 AvailableBuffer func() []byte
 Bytes func() []byte
 Cap func() int
 Grow func(int)
 Len func() int
 Next func(int) []byte
 Peek func(int) ([]byte, error)
 Read func([]byte) (int, error)
 ReadByte func() (byte, error)
 ReadBytes func(byte) ([]byte, error)
 ReadFrom func(io.Reader) (int64, error)
 ReadRune func() (rune, int, error)
 ReadString func(byte) (string, error)
 Reset func()
 String func() string
 Truncate func(int)
 UnreadByte func() error
 UnreadRune func() error
 Write func([]byte) (int, error)
 WriteByte func(byte) error
 WriteRune func(rune) (int, error)
 WriteString func(string) (int, error)
 WriteTo func(io.Writer) (int64, error)
F Clone func([]byte) []byte
F Compare func([]byte, []byte) int
F Contains func([]byte, []byte) bool
F ContainsAny func([]byte, string) bool
F ContainsFunc func([]byte, func(rune) bool) bool
F ContainsRune func([]byte, rune) bool
F Count func([]byte, []byte) int
F Cut func([]byte, []byte) ([]byte, []byte, bool)
F CutPrefix func([]byte, []byte) ([]byte, bool)
F CutSuffix func([]byte, []byte) ([]byte, bool)
F Equal func([]byte, []byte) bool
F EqualFold func([]byte, []byte) bool
V ErrTooLarge error
F Fields func([]byte) [][]byte
F FieldsFunc func([]byte, func(rune) bool) [][]byte
F FieldsFuncSeq func([]byte, func(rune) bool) iter.Seq[[]byte]
F FieldsSeq func([]byte) iter.Seq[[]byte]
F HasPrefix func([]byte, []byte) bool
F HasSuffix func([]byte, []byte) bool
F Index func([]byte, []byte) int
F IndexAny func([]byte, string) int
F IndexByte func([]byte, byte) int
F IndexFunc func([]byte, func(rune) bool) int
F IndexRune func([]byte, rune) int
F Join func([][]byte, []byte) []byte
F LastIndex func([]byte, []byte) int
F LastIndexAny func([]byte, string) int
F LastIndexByte func([]byte, byte) int
F LastIndexFunc func([]byte, func(rune) bool) int
F Lines func([]byte) iter.Seq[[]byte]
F Map func(func(rune) rune, []byte) []byte
F NewBuffer func([]byte) *Buffer
F NewBufferString func(string) *Buffer
F NewReader func([]byte) *Reader
T Reader struct
 Len func() int
 Read func([]byte) (int, error)
 ReadAt func([]byte, int64) (int, error)
 ReadByte func() (byte, error)
 ReadRune func() (rune, int, error)
 Reset func([]byte)
 Seek func(int64, int) (int64, error)
 Size func() int64
 UnreadByte func() error
 UnreadRune func() error
 WriteTo func(io.Writer) (int64, error)
F Repeat func([]byte, int) []byte
F Replace func([]byte, []byte, []byte, int) []byte
F ReplaceAll func([]byte, []byte, []byte) []byte
F Runes func([]byte) []rune
F Split func([]byte, []byte) [][]byte
F SplitAfter func([]byte, []byte) [][]byte
F SplitAfterN func([]byte, []byte, int) [][]byte
F SplitAfterSeq func([]byte, []byte) iter.Seq[[]byte]
F SplitN func([]byte, []byte, int) [][]byte
F SplitSeq func([]byte, []byte) iter.Seq[[]byte]
F Title func([]byte) []byte
F ToLower func([]byte) []byte
F ToLowerSpecial func(unicode.SpecialCase, []byte) []byte
F ToTitle func([]byte) []byte
F ToTitleSpecial func(unicode.SpecialCase, []byte) []byte
F ToUpper func([]byte) []byte
F ToUpperSpecial func(unicode.SpecialCase, []byte) []byte
F ToValidUTF8 func([]byte, []byte) []byte
F Trim func([]byte, string) []byte
F TrimFunc func([]byte, func(rune) bool) []byte
F TrimLeft func([]byte, string) []byte
F TrimLeftFunc func([]byte, func(rune) bool) []byte
F TrimPrefix func([]byte, []byte) []byte
F TrimRight func([]byte, string) []byte
F TrimRightFunc func([]byte, func(rune) bool) []byte
F TrimSpace func([]byte) []byte
F TrimSuffix func([]byte, []byte) []byte
C untyped int: MinRead`,
  cmp: `F Compare[T] func(T, T) int
F Less[T] func(T, T) bool
F Or[T] func(...T) T
T Ordered interface`,
  "compress/gzip": `V ErrChecksum error
V ErrHeader error
T Header struct
 .Comment string
 .Extra []byte
 .ModTime time.Time
 .Name string
 .OS byte
F NewReader func(io.Reader) (*Reader, error)
F NewWriter func(io.Writer) *Writer
F NewWriterLevel func(io.Writer, int) (*Writer, error)
T Reader struct
 .Comment string
 .Extra []byte
 .Header Header
 .ModTime time.Time
 .Name string
 .OS byte
 Close func() error
 Multistream func(bool)
 Read func([]byte) (int, error)
 Reset func(io.Reader) error
T Writer struct
 .Comment string
 .Extra []byte
 .Header Header
 .ModTime time.Time
 .Name string
 .OS byte
 Close func() error
 Flush func() error
 Reset func(io.Writer)
 Write func([]byte) (int, error)
C untyped int: BestCompression BestSpeed DefaultCompression HuffmanOnly NoCompression`,
  "container/heap": `F Fix func(Interface, int)
F Init func(Interface)
T Interface interface
 Len func() int
 Less func(int, int) bool
 Pop func() any
 Push func(any)
 Swap func(int, int)
F Pop func(Interface) any
F Push func(Interface, any)
F Remove func(Interface, int) any`,
  "container/list": `T Element struct
 .Value any
 Next func() *Element
 Prev func() *Element
T List struct
 Back func() *Element
 Front func() *Element
 Init func() *List
 InsertAfter func(any, *Element) *Element
 InsertBefore func(any, *Element) *Element
 Len func() int
 MoveAfter func(*Element, *Element)
 MoveBefore func(*Element, *Element)
 MoveToBack func(*Element)
 MoveToFront func(*Element)
 PushBack func(any) *Element
 PushBackList func(*List)
 PushFront func(any) *Element
 PushFrontList func(*List)
 Remove func(*Element) any
F New func() *List`,
  "container/ring": `F New func(int) *Ring
T Ring struct
 .Value any
 Do func(func(any))
 Len func() int
 Link func(*Ring) *Ring
 Move func(int) *Ring
 Next func() *Ring
 Prev func() *Ring
 Unlink func(int) *Ring`,
  context: `F AfterFunc func(Context, func()) func() bool
F Background func() Context
T CancelCauseFunc func(error)
T CancelFunc func()
V Canceled error
F Cause func(Context) error
T Context interface
 Deadline func() (time.Time, bool)
 Done func() <-chan struct{}
 Err func() error
 Value func(any) any
V DeadlineExceeded error
F TODO func() Context
F WithCancel func(Context) (Context, CancelFunc)
F WithCancelCause func(Context) (Context, CancelCauseFunc)
F WithDeadline func(Context, time.Time) (Context, CancelFunc)
F WithDeadlineCause func(Context, time.Time, error) (Context, CancelFunc)
F WithTimeout func(Context, time.Duration) (Context, CancelFunc)
F WithTimeoutCause func(Context, time.Duration, error) (Context, CancelFunc)
F WithValue func(Context, any, any) Context
F WithoutCancel func(Context) Context`,
  crypto: `T Decapsulator interface
 Decapsulate func([]byte) ([]byte, error)
 Encapsulator func() Encapsulator
T Decrypter interface
 Decrypt func(io.Reader, []byte, DecrypterOpts) ([]byte, error)
 Public func() PublicKey
T DecrypterOpts interface
T Encapsulator interface
 Bytes func() []byte
 Encapsulate func() ([]byte, []byte)
T Hash uint
 Available func() bool
 HashFunc func() Hash
 New func() hash.Hash
 Size func() int
 String func() string
T MessageSigner interface
 Public func() PublicKey
 Sign func(io.Reader, []byte, SignerOpts) ([]byte, error)
 SignMessage func(io.Reader, []byte, SignerOpts) ([]byte, error)
T PrivateKey interface
T PublicKey interface
F RegisterHash func(Hash, func() hash.Hash)
F SignMessage func(Signer, io.Reader, []byte, SignerOpts) ([]byte, error)
T Signer interface
 Public func() PublicKey
 Sign func(io.Reader, []byte, SignerOpts) ([]byte, error)
T SignerOpts interface
 HashFunc func() Hash
C Hash: BLAKE2b_256 BLAKE2b_384 BLAKE2b_512 BLAKE2s_256 MD4 MD5 MD5SHA1 RIPEMD160 SHA1 SHA224 SHA256 SHA384 SHA3_224 SHA3_256 SHA3_384 SHA3_512 SHA512 SHA512_224 SHA512_256`,
  "crypto/rand": `F Int func(io.Reader, *math/big.Int) (*math/big.Int, error)
F Prime func(io.Reader, int) (*math/big.Int, error)
F Read func([]byte) (int, error)
V Reader io.Reader
F Text func() string`,
  "crypto/sha1": `F New func() hash.Hash
F Sum func([]byte) [20]byte
C untyped int: BlockSize Size`,
  "crypto/sha256": `F New func() hash.Hash
F New224 func() hash.Hash
F Sum224 func([]byte) [28]byte
F Sum256 func([]byte) [32]byte
C untyped int: BlockSize Size Size224`,
  "crypto/md5": `F New func() hash.Hash
F Sum func([]byte) [16]byte
C untyped int: BlockSize Size`,
  "crypto/hmac": `F Equal func([]byte, []byte) bool
F New func(func() hash.Hash, []byte) hash.Hash`,
  "crypto/tls": `T AlertError uint8
 Error func() string
T Certificate struct
 .Certificate [][]byte
 .Leaf *crypto/x509.Certificate
 .OCSPStaple []byte
 .PrivateKey crypto.PrivateKey
 .SignedCertificateTimestamps [][]byte
 .SupportedSignatureAlgorithms []SignatureScheme
T CertificateRequestInfo struct
 .AcceptableCAs [][]byte
 .SignatureSchemes []SignatureScheme
 .Version uint16
 Context func() context.Context
 SupportsCertificate func(*Certificate) error
T CertificateVerificationError struct
 .Err error
 .UnverifiedCertificates []*crypto/x509.Certificate
 Error func() string
 Unwrap func() error
T CipherSuite struct
 .ID uint16
 .Insecure bool
 .Name string
 .SupportedVersions []uint16
F CipherSuiteName func(uint16) string
F CipherSuites func() []*CipherSuite
F Client func(net.Conn, *Config) *Conn
T ClientAuthType int
 String func() string
T ClientHelloInfo struct
 .CipherSuites []uint16
 .Conn net.Conn
 .Extensions []uint16
 .HelloRetryRequest bool
 .ServerName string
 .SignatureSchemes []SignatureScheme
 .SupportedCurves []CurveID
 .SupportedPoints []uint8
 .SupportedProtos []string
 .SupportedVersions []uint16
 Context func() context.Context
 SupportsCertificate func(*Certificate) error
T ClientSessionCache interface
 Get func(string) (*ClientSessionState, bool)
 Put func(string, *ClientSessionState)
T ClientSessionState struct
 ResumptionState func() ([]byte, *SessionState, error)
T Config struct
 .Certificates []Certificate
 .CipherSuites []uint16
 .ClientAuth ClientAuthType
 .ClientCAs *crypto/x509.CertPool
 .ClientSessionCache ClientSessionCache
 .CurvePreferences []CurveID
 .DynamicRecordSizingDisabled bool
 .EncryptedClientHelloConfigList []byte
 .EncryptedClientHelloKeys []EncryptedClientHelloKey
 .EncryptedClientHelloRejectionVerify func(ConnectionState) error
 .GetCertificate func(*ClientHelloInfo) (*Certificate, error)
 .GetClientCertificate func(*CertificateRequestInfo) (*Certificate, error)
 .GetConfigForClient func(*ClientHelloInfo) (*Config, error)
 .GetEncryptedClientHelloKeys func(*ClientHelloInfo) ([]EncryptedClientHelloKey, error)
 .InsecureSkipVerify bool
 .KeyLogWriter io.Writer
 .MaxVersion uint16
 .MinVersion uint16
 .NameToCertificate map[string]*Certificate
 .NextProtos []string
 .PreferServerCipherSuites bool
 .Rand io.Reader
 .Renegotiation RenegotiationSupport
 .RootCAs *crypto/x509.CertPool
 .ServerName string
 .SessionTicketKey [32]byte
 .SessionTicketsDisabled bool
 .Time func() time.Time
 .UnwrapSession func([]byte, ConnectionState) (*SessionState, error)
 .VerifyConnection func(ConnectionState) error
 .VerifyPeerCertificate func([][]byte, [][]*crypto/x509.Certificate) error
 .WrapSession func(ConnectionState, *SessionState) ([]byte, error)
 BuildNameToCertificate func()
 Clone func() *Config
 DecryptTicket func([]byte, ConnectionState) (*SessionState, error)
 EncryptTicket func(ConnectionState, *SessionState) ([]byte, error)
 SetSessionTicketKeys func([][32]byte)
T Conn struct
 Close func() error
 CloseWrite func() error
 ConnectionState func() ConnectionState
 Handshake func() error
 HandshakeContext func(context.Context) error
 LocalAddr func() net.Addr
 NetConn func() net.Conn
 OCSPResponse func() []byte
 Read func([]byte) (int, error)
 RemoteAddr func() net.Addr
 SetDeadline func(time.Time) error
 SetReadDeadline func(time.Time) error
 SetWriteDeadline func(time.Time) error
 VerifyHostname func(string) error
 Write func([]byte) (int, error)
T ConnectionState struct
 .CipherSuite uint16
 .CurveID CurveID
 .DidResume bool
 .ECHAccepted bool
 .HandshakeComplete bool
 .HelloRetryRequest bool
 .NegotiatedProtocol string
 .NegotiatedProtocolIsMutual bool
 .OCSPResponse []byte
 .PeerCertificates []*crypto/x509.Certificate
 .ServerName string
 .SignedCertificateTimestamps [][]byte
 .TLSUnique []byte
 .VerifiedChains [][]*crypto/x509.Certificate
 .Version uint16
 ExportKeyingMaterial func(string, []byte, int) ([]byte, error)
T CurveID uint16
 String func() string
F Dial func(string, string, *Config) (*Conn, error)
F DialWithDialer func(*net.Dialer, string, string, *Config) (*Conn, error)
T Dialer struct
 .Config *Config
 .NetDialer *net.Dialer
 Dial func(string, string) (net.Conn, error)
 DialContext func(context.Context, string, string) (net.Conn, error)
T ECHRejectionError struct
 .RetryConfigList []byte
 Error func() string
T EncryptedClientHelloKey struct
 .Config []byte
 .PrivateKey []byte
 .SendAsRetry bool
F InsecureCipherSuites func() []*CipherSuite
F Listen func(string, string, *Config) (net.Listener, error)
F LoadX509KeyPair func(string, string) (Certificate, error)
F NewLRUClientSessionCache func(int) ClientSessionCache
F NewListener func(net.Listener, *Config) net.Listener
F NewResumptionState func([]byte, *SessionState) (*ClientSessionState, error)
F ParseSessionState func([]byte) (*SessionState, error)
F QUICClient func(*QUICConfig) *QUICConn
T QUICConfig struct
 .EnableSessionEvents bool
 .TLSConfig *Config
T QUICConn struct
 Close func() error
 ConnectionState func() ConnectionState
 HandleData func(QUICEncryptionLevel, []byte) error
 NextEvent func() QUICEvent
 SendSessionTicket func(QUICSessionTicketOptions) error
 SetTransportParameters func([]byte)
 Start func(context.Context) error
 StoreSession func(*SessionState) error
T QUICEncryptionLevel int
 String func() string
T QUICEvent struct
 .Data []byte
 .Err error
 .Kind QUICEventKind
 .Level QUICEncryptionLevel
 .SessionState *SessionState
 .Suite uint16
T QUICEventKind int
F QUICServer func(*QUICConfig) *QUICConn
T QUICSessionTicketOptions struct
 .EarlyData bool
 .Extra [][]byte
T RecordHeaderError struct
 .Conn net.Conn
 .Msg string
 .RecordHeader [5]byte
 Error func() string
T RenegotiationSupport int
F Server func(net.Conn, *Config) *Conn
T SessionState struct
 .EarlyData bool
 .Extra [][]byte
 Bytes func() ([]byte, error)
T SignatureScheme uint16
 String func() string
F VersionName func(uint16) string
F X509KeyPair func([]byte, []byte) (Certificate, error)
C ClientAuthType: NoClientCert RequestClientCert RequireAndVerifyClientCert RequireAnyClientCert VerifyClientCertIfGiven
C CurveID: CurveP256 CurveP384 CurveP521 SecP256r1MLKEM768 SecP384r1MLKEM1024 X25519 X25519MLKEM768
C QUICEncryptionLevel: QUICEncryptionLevelApplication QUICEncryptionLevelEarly QUICEncryptionLevelHandshake QUICEncryptionLevelInitial
C QUICEventKind: QUICErrorEvent QUICHandshakeDone QUICNoEvent QUICRejectedEarlyData QUICResumeSession QUICSetReadSecret QUICSetWriteSecret QUICStoreSession QUICTransportParameters QUICTransportParametersRequired QUICWriteData
C RenegotiationSupport: RenegotiateFreelyAsClient RenegotiateNever RenegotiateOnceAsClient
C SignatureScheme: ECDSAWithP256AndSHA256 ECDSAWithP384AndSHA384 ECDSAWithP521AndSHA512 ECDSAWithSHA1 Ed25519 PKCS1WithSHA1 PKCS1WithSHA256 PKCS1WithSHA384 PKCS1WithSHA512 PSSWithSHA256 PSSWithSHA384 PSSWithSHA512
C uint16: TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_ECDSA_WITH_RC4_128_SHA TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_RSA_WITH_RC4_128_SHA TLS_FALLBACK_SCSV TLS_RSA_WITH_3DES_EDE_CBC_SHA TLS_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_128_CBC_SHA256 TLS_RSA_WITH_AES_128_GCM_SHA256 TLS_RSA_WITH_AES_256_CBC_SHA TLS_RSA_WITH_AES_256_GCM_SHA384 TLS_RSA_WITH_RC4_128_SHA
C untyped int: VersionSSL30 VersionTLS10 VersionTLS11 VersionTLS12 VersionTLS13`,
  "crypto/x509": `T CertPool struct
 AddCert func(*Certificate)
 AddCertWithConstraint func(*Certificate, func([]*Certificate) error)
 AppendCertsFromPEM func([]byte) bool
 Clone func() *CertPool
 Equal func(*CertPool) bool
 Subjects func() [][]byte
T Certificate struct
 .AuthorityKeyId []byte
 .BasicConstraintsValid bool
 .CRLDistributionPoints []string
 .DNSNames []string
 .EmailAddresses []string
 .ExcludedDNSDomains []string
 .ExcludedEmailAddresses []string
 .ExcludedIPRanges []*net.IPNet
 .ExcludedURIDomains []string
 .ExtKeyUsage []ExtKeyUsage
 .Extensions []crypto/x509/pkix.Extension
 .ExtraExtensions []crypto/x509/pkix.Extension
 .IPAddresses []net.IP
 .InhibitAnyPolicy int
 .InhibitAnyPolicyZero bool
 .InhibitPolicyMapping int
 .InhibitPolicyMappingZero bool
 .IsCA bool
 .Issuer crypto/x509/pkix.Name
 .IssuingCertificateURL []string
 .KeyUsage KeyUsage
 .MaxPathLen int
 .MaxPathLenZero bool
 .NotAfter time.Time
 .NotBefore time.Time
 .OCSPServer []string
 .PermittedDNSDomains []string
 .PermittedDNSDomainsCritical bool
 .PermittedEmailAddresses []string
 .PermittedIPRanges []*net.IPNet
 .PermittedURIDomains []string
 .Policies []OID
 .PolicyIdentifiers []encoding/asn1.ObjectIdentifier
 .PolicyMappings []PolicyMapping
 .PublicKey any
 .PublicKeyAlgorithm PublicKeyAlgorithm
 .Raw []byte
 .RawIssuer []byte
 .RawSubject []byte
 .RawSubjectPublicKeyInfo []byte
 .RawTBSCertificate []byte
 .RequireExplicitPolicy int
 .RequireExplicitPolicyZero bool
 .SerialNumber *math/big.Int
 .Signature []byte
 .SignatureAlgorithm SignatureAlgorithm
 .Subject crypto/x509/pkix.Name
 .SubjectKeyId []byte
 .URIs []*net/url.URL
 .UnhandledCriticalExtensions []encoding/asn1.ObjectIdentifier
 .UnknownExtKeyUsage []encoding/asn1.ObjectIdentifier
 .Version int
 CheckCRLSignature func(*crypto/x509/pkix.CertificateList) error
 CheckSignature func(SignatureAlgorithm, []byte, []byte) error
 CheckSignatureFrom func(*Certificate) error
 CreateCRL func(io.Reader, any, []crypto/x509/pkix.RevokedCertificate, time.Time, time.Time) ([]byte, error)
 Equal func(*Certificate) bool
 Verify func(VerifyOptions) ([][]*Certificate, error)
 VerifyHostname func(string) error
T CertificateInvalidError struct
 .Cert *Certificate
 .Detail string
 .Reason InvalidReason
 Error func() string
T CertificateRequest struct
 .Attributes []crypto/x509/pkix.AttributeTypeAndValueSET
 .DNSNames []string
 .EmailAddresses []string
 .Extensions []crypto/x509/pkix.Extension
 .ExtraExtensions []crypto/x509/pkix.Extension
 .IPAddresses []net.IP
 .PublicKey any
 .PublicKeyAlgorithm PublicKeyAlgorithm
 .Raw []byte
 .RawSubject []byte
 .RawSubjectPublicKeyInfo []byte
 .RawTBSCertificateRequest []byte
 .Signature []byte
 .SignatureAlgorithm SignatureAlgorithm
 .Subject crypto/x509/pkix.Name
 .URIs []*net/url.URL
 .Version int
 CheckSignature func() error
T ConstraintViolationError struct
 Error func() string
F CreateCertificate func(io.Reader, *Certificate, *Certificate, any, any) ([]byte, error)
F CreateCertificateRequest func(io.Reader, *CertificateRequest, any) ([]byte, error)
F CreateRevocationList func(io.Reader, *RevocationList, *Certificate, crypto.Signer) ([]byte, error)
F DecryptPEMBlock func(*encoding/pem.Block, []byte) ([]byte, error)
F EncryptPEMBlock func(io.Reader, string, []byte, []byte, PEMCipher) (*encoding/pem.Block, error)
V ErrUnsupportedAlgorithm error
T ExtKeyUsage int
 OID func() OID
 String func() string
T HostnameError struct
 .Certificate *Certificate
 .Host string
 Error func() string
V IncorrectPasswordError error
T InsecureAlgorithmError int
 Error func() string
T InvalidReason int
F IsEncryptedPEMBlock func(*encoding/pem.Block) bool
T KeyUsage int
 String func() string
F MarshalECPrivateKey func(*crypto/ecdsa.PrivateKey) ([]byte, error)
F MarshalPKCS1PrivateKey func(*crypto/rsa.PrivateKey) []byte
F MarshalPKCS1PublicKey func(*crypto/rsa.PublicKey) []byte
F MarshalPKCS8PrivateKey func(any) ([]byte, error)
F MarshalPKIXPublicKey func(any) ([]byte, error)
F NewCertPool func() *CertPool
T OID struct
 AppendBinary func([]byte) ([]byte, error)
 AppendText func([]byte) ([]byte, error)
 Equal func(OID) bool
 EqualASN1OID func(encoding/asn1.ObjectIdentifier) bool
 MarshalBinary func() ([]byte, error)
 MarshalText func() ([]byte, error)
 String func() string
 UnmarshalBinary func([]byte) error
 UnmarshalText func([]byte) error
F OIDFromASN1OID func(encoding/asn1.ObjectIdentifier) (OID, error)
F OIDFromInts func([]uint64) (OID, error)
T PEMCipher int
F ParseCRL func([]byte) (*crypto/x509/pkix.CertificateList, error)
F ParseCertificate func([]byte) (*Certificate, error)
F ParseCertificateRequest func([]byte) (*CertificateRequest, error)
F ParseCertificates func([]byte) ([]*Certificate, error)
F ParseDERCRL func([]byte) (*crypto/x509/pkix.CertificateList, error)
F ParseECPrivateKey func([]byte) (*crypto/ecdsa.PrivateKey, error)
F ParseOID func(string) (OID, error)
F ParsePKCS1PrivateKey func([]byte) (*crypto/rsa.PrivateKey, error)
F ParsePKCS1PublicKey func([]byte) (*crypto/rsa.PublicKey, error)
F ParsePKCS8PrivateKey func([]byte) (any, error)
F ParsePKIXPublicKey func([]byte) (any, error)
F ParseRevocationList func([]byte) (*RevocationList, error)
T PolicyMapping struct
 .IssuerDomainPolicy OID
 .SubjectDomainPolicy OID
T PublicKeyAlgorithm int
 String func() string
T RevocationList struct
 .AuthorityKeyId []byte
 .Extensions []crypto/x509/pkix.Extension
 .ExtraExtensions []crypto/x509/pkix.Extension
 .Issuer crypto/x509/pkix.Name
 .NextUpdate time.Time
 .Number *math/big.Int
 .Raw []byte
 .RawIssuer []byte
 .RawTBSRevocationList []byte
 .RevokedCertificateEntries []RevocationListEntry
 .RevokedCertificates []crypto/x509/pkix.RevokedCertificate
 .Signature []byte
 .SignatureAlgorithm SignatureAlgorithm
 .ThisUpdate time.Time
 CheckSignatureFrom func(*Certificate) error
T RevocationListEntry struct
 .Extensions []crypto/x509/pkix.Extension
 .ExtraExtensions []crypto/x509/pkix.Extension
 .Raw []byte
 .ReasonCode int
 .RevocationTime time.Time
 .SerialNumber *math/big.Int
F SetFallbackRoots func(*CertPool)
T SignatureAlgorithm int
 String func() string
F SystemCertPool func() (*CertPool, error)
T SystemRootsError struct
 .Err error
 Error func() string
 Unwrap func() error
T UnhandledCriticalExtension struct
 Error func() string
T UnknownAuthorityError struct
 .Cert *Certificate
 Error func() string
T VerifyOptions struct
 .CertificatePolicies []OID
 .CurrentTime time.Time
 .DNSName string
 .Intermediates *CertPool
 .KeyUsages []ExtKeyUsage
 .MaxConstraintComparisions int
 .Roots *CertPool
C ExtKeyUsage: ExtKeyUsageAny ExtKeyUsageClientAuth ExtKeyUsageCodeSigning ExtKeyUsageEmailProtection ExtKeyUsageIPSECEndSystem ExtKeyUsageIPSECTunnel ExtKeyUsageIPSECUser ExtKeyUsageMicrosoftCommercialCodeSigning ExtKeyUsageMicrosoftKernelCodeSigning ExtKeyUsageMicrosoftServerGatedCrypto ExtKeyUsageNetscapeServerGatedCrypto ExtKeyUsageOCSPSigning ExtKeyUsageServerAuth ExtKeyUsageTimeStamping
C InvalidReason: CANotAuthorizedForExtKeyUsage CANotAuthorizedForThisName Expired IncompatibleUsage NameConstraintsWithoutSANs NameMismatch NoValidChains NotAuthorizedToSign TooManyConstraints TooManyIntermediates UnconstrainedName
C KeyUsage: KeyUsageCRLSign KeyUsageCertSign KeyUsageContentCommitment KeyUsageDataEncipherment KeyUsageDecipherOnly KeyUsageDigitalSignature KeyUsageEncipherOnly KeyUsageKeyAgreement KeyUsageKeyEncipherment
C PEMCipher: PEMCipher3DES PEMCipherAES128 PEMCipherAES192 PEMCipherAES256 PEMCipherDES
C PublicKeyAlgorithm: DSA ECDSA Ed25519 RSA UnknownPublicKeyAlgorithm
C SignatureAlgorithm: DSAWithSHA1 DSAWithSHA256 ECDSAWithSHA1 ECDSAWithSHA256 ECDSAWithSHA384 ECDSAWithSHA512 MD2WithRSA MD5WithRSA PureEd25519 SHA1WithRSA SHA256WithRSA SHA256WithRSAPSS SHA384WithRSA SHA384WithRSAPSS SHA512WithRSA SHA512WithRSAPSS UnknownSignatureAlgorithm`,
  "database/sql": `T ColumnType struct
 DatabaseTypeName func() string
 DecimalSize func() (int64, int64, bool)
 Length func() (int64, bool)
 Name func() string
 Nullable func() (bool, bool)
 ScanType func() reflect.Type
T Conn struct
 BeginTx func(context.Context, *TxOptions) (*Tx, error)
 Close func() error
 ExecContext func(context.Context, string, ...any) (Result, error)
 PingContext func(context.Context) error
 PrepareContext func(context.Context, string) (*Stmt, error)
 QueryContext func(context.Context, string, ...any) (*Rows, error)
 QueryRowContext func(context.Context, string, ...any) *Row
 Raw func(func(any) error) error
T DB struct
 Begin func() (*Tx, error)
 BeginTx func(context.Context, *TxOptions) (*Tx, error)
 Close func() error
 Conn func(context.Context) (*Conn, error)
 Driver func() database/sql/driver.Driver
 Exec func(string, ...any) (Result, error)
 ExecContext func(context.Context, string, ...any) (Result, error)
 Ping func() error
 PingContext func(context.Context) error
 Prepare func(string) (*Stmt, error)
 PrepareContext func(context.Context, string) (*Stmt, error)
 Query func(string, ...any) (*Rows, error)
 QueryContext func(context.Context, string, ...any) (*Rows, error)
 QueryRow func(string, ...any) *Row
 QueryRowContext func(context.Context, string, ...any) *Row
 SetConnMaxIdleTime func(time.Duration)
 SetConnMaxLifetime func(time.Duration)
 SetMaxIdleConns func(int)
 SetMaxOpenConns func(int)
 Stats func() DBStats
T DBStats struct
 .Idle int
 .InUse int
 .MaxIdleClosed int64
 .MaxIdleTimeClosed int64
 .MaxLifetimeClosed int64
 .MaxOpenConnections int
 .OpenConnections int
 .WaitCount int64
 .WaitDuration time.Duration
F Drivers func() []string
V ErrConnDone error
V ErrNoRows error
V ErrTxDone error
T IsolationLevel int
 String func() string
F Named func(string, any) NamedArg
T NamedArg struct
 .Name string
 .Value any
T Null[T] struct
 .V T
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullBool struct
 .Bool bool
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullByte struct
 .Byte byte
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullFloat64 struct
 .Float64 float64
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullInt16 struct
 .Int16 int16
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullInt32 struct
 .Int32 int32
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullInt64 struct
 .Int64 int64
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullString struct
 .String string
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
T NullTime struct
 .Time time.Time
 .Valid bool
 Scan func(any) error
 Value func() (database/sql/driver.Value, error)
F Open func(string, string) (*DB, error)
F OpenDB func(database/sql/driver.Connector) *DB
T Out struct
 .Dest any
 .In bool
T RawBytes []byte
F Register func(string, database/sql/driver.Driver)
T Result interface
 LastInsertId func() (int64, error)
 RowsAffected func() (int64, error)
T Row struct
 Err func() error
 Scan func(...any) error
T Rows struct
 Close func() error
 ColumnTypes func() ([]*ColumnType, error)
 Columns func() ([]string, error)
 Err func() error
 Next func() bool
 NextResultSet func() bool
 Scan func(...any) error
T Scanner interface
 Scan func(any) error
T Stmt struct
 Close func() error
 Exec func(...any) (Result, error)
 ExecContext func(context.Context, ...any) (Result, error)
 Query func(...any) (*Rows, error)
 QueryContext func(context.Context, ...any) (*Rows, error)
 QueryRow func(...any) *Row
 QueryRowContext func(context.Context, ...any) *Row
T Tx struct
 Commit func() error
 Exec func(string, ...any) (Result, error)
 ExecContext func(context.Context, string, ...any) (Result, error)
 Prepare func(string) (*Stmt, error)
 PrepareContext func(context.Context, string) (*Stmt, error)
 Query func(string, ...any) (*Rows, error)
 QueryContext func(context.Context, string, ...any) (*Rows, error)
 QueryRow func(string, ...any) *Row
 QueryRowContext func(context.Context, string, ...any) *Row
 Rollback func() error
 Stmt func(*Stmt) *Stmt
 StmtContext func(context.Context, *Stmt) *Stmt
T TxOptions struct
 .Isolation IsolationLevel
 .ReadOnly bool
C IsolationLevel: LevelDefault LevelLinearizable LevelReadCommitted LevelReadUncommitted LevelRepeatableRead LevelSerializable LevelSnapshot LevelWriteCommitted`,
  embed: `T FS struct
 Open func(string) (io/fs.File, error)
 ReadDir func(string) ([]io/fs.DirEntry, error)
 ReadFile func(string) ([]byte, error)`,
  encoding: `T BinaryAppender interface
 AppendBinary func([]byte) ([]byte, error)
T BinaryMarshaler interface
 MarshalBinary func() ([]byte, error)
T BinaryUnmarshaler interface
 UnmarshalBinary func([]byte) error
T TextAppender interface
 AppendText func([]byte) ([]byte, error)
T TextMarshaler interface
 MarshalText func() ([]byte, error)
T TextUnmarshaler interface
 UnmarshalText func([]byte) error`,
  "encoding/base64": `T CorruptInputError int64
 Error func() string
T Encoding struct
 AppendDecode func([]byte, []byte) ([]byte, error)
 AppendEncode func([]byte, []byte) []byte
 Decode func([]byte, []byte) (int, error)
 DecodeString func(string) ([]byte, error)
 DecodedLen func(int) int
 Encode func([]byte, []byte)
 EncodeToString func([]byte) string
 EncodedLen func(int) int
 Strict func() *Encoding
 WithPadding func(rune) *Encoding
F NewDecoder func(*Encoding, io.Reader) io.Reader
F NewEncoder func(*Encoding, io.Writer) io.WriteCloser
F NewEncoding func(string) *Encoding
V RawStdEncoding *Encoding
V RawURLEncoding *Encoding
V StdEncoding *Encoding
V URLEncoding *Encoding
C rune: NoPadding StdPadding`,
  "encoding/binary": `F Append func([]byte, ByteOrder, any) ([]byte, error)
T AppendByteOrder interface
 AppendUint16 func([]byte, uint16) []byte
 AppendUint32 func([]byte, uint32) []byte
 AppendUint64 func([]byte, uint64) []byte
 String func() string
F AppendUvarint func([]byte, uint64) []byte
F AppendVarint func([]byte, int64) []byte
V BigEndian bigEndian
T ByteOrder interface
 PutUint16 func([]byte, uint16)
 PutUint32 func([]byte, uint32)
 PutUint64 func([]byte, uint64)
 String func() string
 Uint16 func([]byte) uint16
 Uint32 func([]byte) uint32
 Uint64 func([]byte) uint64
F Decode func([]byte, ByteOrder, any) (int, error)
F Encode func([]byte, ByteOrder, any) (int, error)
V LittleEndian littleEndian
V NativeEndian nativeEndian
F PutUvarint func([]byte, uint64) int
F PutVarint func([]byte, int64) int
F Read func(io.Reader, ByteOrder, any) error
F ReadUvarint func(io.ByteReader) (uint64, error)
F ReadVarint func(io.ByteReader) (int64, error)
F Size func(any) int
F Uvarint func([]byte) (uint64, int)
F Varint func([]byte) (int64, int)
F Write func(io.Writer, ByteOrder, any) error
C untyped int: MaxVarintLen16 MaxVarintLen32 MaxVarintLen64`,
  "encoding/csv": `V ErrBareQuote error
V ErrFieldCount error
V ErrQuote error
V ErrTrailingComma error
F NewReader func(io.Reader) *Reader
F NewWriter func(io.Writer) *Writer
T ParseError struct
 .Column int
 .Err error
 .Line int
 .StartLine int
 Error func() string
 Unwrap func() error
T Reader struct
 .Comma rune
 .Comment rune
 .FieldsPerRecord int
 .LazyQuotes bool
 .ReuseRecord bool
 .TrailingComma bool
 .TrimLeadingSpace bool
 FieldPos func(int) (int, int)
 InputOffset func() int64
 Read func() ([]string, error)
 ReadAll func() ([][]string, error)
T Writer struct
 .Comma rune
 .UseCRLF bool
 Error func() error
 Flush func()
 Write func([]string) error
 WriteAll func([][]string) error`,
  "encoding/gob": `T CommonType struct
 .Id typeId
 .Name string
T Decoder struct
 Decode func(any) error
 DecodeValue func(reflect.Value) error
T Encoder struct
 Encode func(any) error
 EncodeValue func(reflect.Value) error
T GobDecoder interface
 GobDecode func([]byte) error
T GobEncoder interface
 GobEncode func() ([]byte, error)
F NewDecoder func(io.Reader) *Decoder
F NewEncoder func(io.Writer) *Encoder
F Register func(any)
F RegisterName func(string, any)`,
  "encoding/hex": `F AppendDecode func([]byte, []byte) ([]byte, error)
F AppendEncode func([]byte, []byte) []byte
F Decode func([]byte, []byte) (int, error)
F DecodeString func(string) ([]byte, error)
F DecodedLen func(int) int
F Dump func([]byte) string
F Dumper func(io.Writer) io.WriteCloser
F Encode func([]byte, []byte) int
F EncodeToString func([]byte) string
F EncodedLen func(int) int
V ErrLength error
T InvalidByteError byte
 Error func() string
F NewDecoder func(io.Reader) io.Reader
F NewEncoder func(io.Writer) io.Writer`,
  "encoding/json": `F Compact func(*bytes.Buffer, []byte) error
T Decoder struct
 Buffered func() io.Reader
 Decode func(any) error
 DisallowUnknownFields func()
 InputOffset func() int64
 More func() bool
 Token func() (Token, error)
 UseNumber func()
T Delim rune
 String func() string
T Encoder struct
 Encode func(any) error
 SetEscapeHTML func(bool)
 SetIndent func(string, string)
F HTMLEscape func(*bytes.Buffer, []byte)
F Indent func(*bytes.Buffer, []byte, string, string) error
T InvalidUTF8Error struct
 .S string
 Error func() string
T InvalidUnmarshalError struct
 .Type reflect.Type
 Error func() string
F Marshal func(any) ([]byte, error)
F MarshalIndent func(any, string, string) ([]byte, error)
T Marshaler interface
 MarshalJSON func() ([]byte, error)
T MarshalerError struct
 .Err error
 .Type reflect.Type
 Error func() string
 Unwrap func() error
F NewDecoder func(io.Reader) *Decoder
F NewEncoder func(io.Writer) *Encoder
T Number string
 Float64 func() (float64, error)
 Int64 func() (int64, error)
 String func() string
T RawMessage []byte
 MarshalJSON func() ([]byte, error)
 UnmarshalJSON func([]byte) error
T SyntaxError struct
 .Offset int64
 Error func() string
T Token interface
F Unmarshal func([]byte, any) error
T UnmarshalFieldError struct
 .Field reflect.StructField
 .Key string
 .Type reflect.Type
 Error func() string
T UnmarshalTypeError struct
 .Field string
 .Offset int64
 .Struct string
 .Type reflect.Type
 .Value string
 Error func() string
T Unmarshaler interface
 UnmarshalJSON func([]byte) error
T UnsupportedTypeError struct
 .Type reflect.Type
 Error func() string
T UnsupportedValueError struct
 .Str string
 .Value reflect.Value
 Error func() string
F Valid func([]byte) bool`,
  "encoding/pem": `T Block struct
 .Bytes []byte
 .Headers map[string]string
 .Type string
F Decode func([]byte) (*Block, []byte)
F Encode func(io.Writer, *Block) error
F EncodeToMemory func(*Block) []byte`,
  "encoding/xml": `T Attr struct
 .Name Name
 .Value string
T CharData []byte
 Copy func() CharData
T Comment []byte
 Copy func() Comment
F CopyToken func(Token) Token
T Decoder struct
 .AutoClose []string
 .CharsetReader func(string, io.Reader) (io.Reader, error)
 .DefaultSpace string
 .Entity map[string]string
 .Strict bool
 Decode func(any) error
 DecodeElement func(any, *StartElement) error
 InputOffset func() int64
 InputPos func() (int, int)
 RawToken func() (Token, error)
 Skip func() error
 Token func() (Token, error)
T Directive []byte
 Copy func() Directive
T Encoder struct
 Close func() error
 Encode func(any) error
 EncodeElement func(any, StartElement) error
 EncodeToken func(Token) error
 Flush func() error
 Indent func(string, string)
T EndElement struct
 .Name Name
F Escape func(io.Writer, []byte)
F EscapeText func(io.Writer, []byte) error
V HTMLAutoClose []string
V HTMLEntity map[string]string
F Marshal func(any) ([]byte, error)
F MarshalIndent func(any, string, string) ([]byte, error)
T Marshaler interface
 MarshalXML func(*Encoder, StartElement) error
T MarshalerAttr interface
 MarshalXMLAttr func(Name) (Attr, error)
T Name struct
 .Local string
 .Space string
F NewDecoder func(io.Reader) *Decoder
F NewEncoder func(io.Writer) *Encoder
F NewTokenDecoder func(TokenReader) *Decoder
T ProcInst struct
 .Inst []byte
 .Target string
 Copy func() ProcInst
T StartElement struct
 .Attr []Attr
 .Name Name
 Copy func() StartElement
 End func() EndElement
T SyntaxError struct
 .Line int
 .Msg string
 Error func() string
T TagPathError struct
 .Field1 string
 .Field2 string
 .Struct reflect.Type
 .Tag1 string
 .Tag2 string
 Error func() string
T Token interface
T TokenReader interface
 Token func() (Token, error)
F Unmarshal func([]byte, any) error
T UnmarshalError string
 Error func() string
T Unmarshaler interface
 UnmarshalXML func(*Decoder, StartElement) error
T UnmarshalerAttr interface
 UnmarshalXMLAttr func(Attr) error
T UnsupportedTypeError struct
 .Type reflect.Type
 Error func() string
C untyped string: Header`,
  errors: `F As func(error, any) bool
F AsType[E] func(error) (E, bool)
V ErrUnsupported error
F Is func(error, error) bool
F Join func(...error) error
F New func(string) error
F Unwrap func(error) error`,
  expvar: `F Do func(func(KeyValue))
T Float struct
 Add func(float64)
 Set func(float64)
 String func() string
 Value func() float64
T Func func() any
 String func() string
 Value func() any
F Get func(string) Var
F Handler func() net/http.Handler
T Int struct
 Add func(int64)
 Set func(int64)
 String func() string
 Value func() int64
T KeyValue struct
 .Key string
 .Value Var
T Map struct
 Add func(string, int64)
 AddFloat func(string, float64)
 Delete func(string)
 Do func(func(KeyValue))
 Get func(string) Var
 Init func() *Map
 Set func(string, Var)
 String func() string
F NewFloat func(string) *Float
F NewInt func(string) *Int
F NewMap func(string) *Map
F NewString func(string) *String
F Publish func(string, Var)
T String struct
 Set func(string)
 String func() string
 Value func() string
T Var interface
 String func() string`,
  flag: `F Arg func(int) string
F Args func() []string
F Bool func(string, bool, string) *bool
F BoolFunc func(string, string, func(string) error)
F BoolVar func(*bool, string, bool, string)
V CommandLine *FlagSet
F Duration func(string, time.Duration, string) *time.Duration
F DurationVar func(*time.Duration, string, time.Duration, string)
V ErrHelp error
T ErrorHandling int
T Flag struct
 .DefValue string
 .Name string
 .Usage string
 .Value Value
T FlagSet struct
 .Usage func()
 Arg func(int) string
 Args func() []string
 Bool func(string, bool, string) *bool
 BoolFunc func(string, string, func(string) error)
 BoolVar func(*bool, string, bool, string)
 Duration func(string, time.Duration, string) *time.Duration
 DurationVar func(*time.Duration, string, time.Duration, string)
 ErrorHandling func() ErrorHandling
 Float64 func(string, float64, string) *float64
 Float64Var func(*float64, string, float64, string)
 Func func(string, string, func(string) error)
 Init func(string, ErrorHandling)
 Int func(string, int, string) *int
 Int64 func(string, int64, string) *int64
 Int64Var func(*int64, string, int64, string)
 IntVar func(*int, string, int, string)
 Lookup func(string) *Flag
 NArg func() int
 NFlag func() int
 Name func() string
 Output func() io.Writer
 Parse func([]string) error
 Parsed func() bool
 PrintDefaults func()
 Set func(string, string) error
 SetOutput func(io.Writer)
 String func(string, string, string) *string
 StringVar func(*string, string, string, string)
 TextVar func(encoding.TextUnmarshaler, string, encoding.TextMarshaler, string)
 Uint func(string, uint, string) *uint
 Uint64 func(string, uint64, string) *uint64
 Uint64Var func(*uint64, string, uint64, string)
 UintVar func(*uint, string, uint, string)
 Var func(Value, string, string)
 Visit func(func(*Flag))
 VisitAll func(func(*Flag))
F Float64 func(string, float64, string) *float64
F Float64Var func(*float64, string, float64, string)
F Func func(string, string, func(string) error)
T Getter interface
 Get func() any
 Set func(string) error
 String func() string
F Int func(string, int, string) *int
F Int64 func(string, int64, string) *int64
F Int64Var func(*int64, string, int64, string)
F IntVar func(*int, string, int, string)
F Lookup func(string) *Flag
F NArg func() int
F NFlag func() int
F NewFlagSet func(string, ErrorHandling) *FlagSet
F Parse func()
F Parsed func() bool
F PrintDefaults func()
F Set func(string, string) error
F String func(string, string, string) *string
F StringVar func(*string, string, string, string)
F TextVar func(encoding.TextUnmarshaler, string, encoding.TextMarshaler, string)
F Uint func(string, uint, string) *uint
F Uint64 func(string, uint64, string) *uint64
F Uint64Var func(*uint64, string, uint64, string)
F UintVar func(*uint, string, uint, string)
F UnquoteUsage func(*Flag) (string, string)
V Usage func()
T Value interface
 Set func(string) error
 String func() string
F Var func(Value, string, string)
F Visit func(func(*Flag))
F VisitAll func(func(*Flag))
C ErrorHandling: ContinueOnError ExitOnError PanicOnError`,
  fmt: `F Append func([]byte, ...any) []byte
F Appendf func([]byte, string, ...any) []byte
F Appendln func([]byte, ...any) []byte
F Errorf func(string, ...any) error
F FormatString func(State, rune) string
T Formatter interface
 Format func(State, rune)
F Fprint func(io.Writer, ...any) (int, error)
F Fprintf func(io.Writer, string, ...any) (int, error)
F Fprintln func(io.Writer, ...any) (int, error)
F Fscan func(io.Reader, ...any) (int, error)
F Fscanf func(io.Reader, string, ...any) (int, error)
F Fscanln func(io.Reader, ...any) (int, error)
T GoStringer interface
 GoString func() string
F Print func(...any) (int, error)
F Printf func(string, ...any) (int, error)
F Println func(...any) (int, error)
F Scan func(...any) (int, error)
T ScanState interface
 Read func([]byte) (int, error)
 ReadRune func() (rune, int, error)
 SkipSpace func()
 Token func(bool, func(rune) bool) ([]byte, error)
 UnreadRune func() error
 Width func() (int, bool)
F Scanf func(string, ...any) (int, error)
F Scanln func(...any) (int, error)
T Scanner interface
 Scan func(ScanState, rune) error
F Sprint func(...any) string
F Sprintf func(string, ...any) string
F Sprintln func(...any) string
F Sscan func(string, ...any) (int, error)
F Sscanf func(string, string, ...any) (int, error)
F Sscanln func(string, ...any) (int, error)
T State interface
 Flag func(int) bool
 Precision func() (int, bool)
 Width func() (int, bool)
 Write func([]byte) (int, error)
T Stringer interface
 String func() string`,
  hash: `T Cloner interface
 BlockSize func() int
 Clone func() (Cloner, error)
 Reset func()
 Size func() int
 Sum func([]byte) []byte
 Write func([]byte) (int, error)
T Hash interface
 BlockSize func() int
 Reset func()
 Size func() int
 Sum func([]byte) []byte
 Write func([]byte) (int, error)
T Hash32 interface
 BlockSize func() int
 Reset func()
 Size func() int
 Sum func([]byte) []byte
 Sum32 func() uint32
 Write func([]byte) (int, error)
T Hash64 interface
 BlockSize func() int
 Reset func()
 Size func() int
 Sum func([]byte) []byte
 Sum64 func() uint64
 Write func([]byte) (int, error)
T XOF interface
 BlockSize func() int
 Read func([]byte) (int, error)
 Reset func()
 Write func([]byte) (int, error)`,
  "hash/crc32": `F Checksum func([]byte, *Table) uint32
F ChecksumIEEE func([]byte) uint32
V IEEETable *Table
F MakeTable func(uint32) *Table
F New func(*Table) hash.Hash32
F NewIEEE func() hash.Hash32
T Table [256]uint32
F Update func(uint32, *Table, []byte) uint32
C untyped int: Castagnoli IEEE Koopman Size`,
  "hash/fnv": `F New128 func() hash.Hash
F New128a func() hash.Hash
F New32 func() hash.Hash32
F New32a func() hash.Hash32
F New64 func() hash.Hash64
F New64a func() hash.Hash64`,
  html: `F EscapeString func(string) string
F UnescapeString func(string) string`,
  "html/template": `T CSS string
T Error struct
 .Description string
 .ErrorCode ErrorCode
 .Line int
 .Name string
 .Node text/template/parse.Node
 Error func() string
T ErrorCode int
A FuncMap text/template.FuncMap
T HTML string
T HTMLAttr string
F HTMLEscape func(io.Writer, []byte)
F HTMLEscapeString func(string) string
F HTMLEscaper func(...any) string
F IsTrue func(any) (bool, bool)
T JS string
F JSEscape func(io.Writer, []byte)
F JSEscapeString func(string) string
F JSEscaper func(...any) string
T JSStr string
F Must func(*Template, error) *Template
F New func(string) *Template
F ParseFS func(io/fs.FS, ...string) (*Template, error)
F ParseFiles func(...string) (*Template, error)
F ParseGlob func(string) (*Template, error)
T Srcset string
T Template struct
 .Tree *text/template/parse.Tree
 AddParseTree func(string, *text/template/parse.Tree) (*Template, error)
 Clone func() (*Template, error)
 DefinedTemplates func() string
 Delims func(string, string) *Template
 Execute func(io.Writer, any) error
 ExecuteTemplate func(io.Writer, string, any) error
 Funcs func(text/template.FuncMap) *Template
 Lookup func(string) *Template
 Name func() string
 New func(string) *Template
 Option func(...string) *Template
 Parse func(string) (*Template, error)
 ParseFS func(io/fs.FS, ...string) (*Template, error)
 ParseFiles func(...string) (*Template, error)
 ParseGlob func(string) (*Template, error)
 Templates func() []*Template
T URL string
F URLQueryEscaper func(...any) string
C ErrorCode: ErrAmbigContext ErrBadHTML ErrBranchEnd ErrEndContext ErrJSTemplate ErrNoSuchTemplate ErrOutputContext ErrPartialCharset ErrPartialEscape ErrPredefinedEscaper ErrRangeLoopReentry ErrSlashAmbig OK`,
  io: `T ByteReader interface
 ReadByte func() (byte, error)
T ByteScanner interface
 ReadByte func() (byte, error)
 UnreadByte func() error
T ByteWriter interface
 WriteByte func(byte) error
T Closer interface
 Close func() error
F Copy func(Writer, Reader) (int64, error)
F CopyBuffer func(Writer, Reader, []byte) (int64, error)
F CopyN func(Writer, Reader, int64) (int64, error)
V Discard Writer
V EOF error
V ErrClosedPipe error
V ErrNoProgress error
V ErrShortBuffer error
V ErrShortWrite error
V ErrUnexpectedEOF error
F LimitReader func(Reader, int64) Reader
T LimitedReader struct
 .N int64
 .R Reader
 Read func([]byte) (int, error)
F MultiReader func(...Reader) Reader
F MultiWriter func(...Writer) Writer
F NewOffsetWriter func(WriterAt, int64) *OffsetWriter
F NewSectionReader func(ReaderAt, int64, int64) *SectionReader
F NopCloser func(Reader) ReadCloser
T OffsetWriter struct
 Seek func(int64, int) (int64, error)
 Write func([]byte) (int, error)
 WriteAt func([]byte, int64) (int, error)
F Pipe func() (*PipeReader, *PipeWriter)
T PipeReader struct
 Close func() error
 CloseWithError func(error) error
 Read func([]byte) (int, error)
T PipeWriter struct
 Close func() error
 CloseWithError func(error) error
 Write func([]byte) (int, error)
F ReadAll func(Reader) ([]byte, error)
F ReadAtLeast func(Reader, []byte, int) (int, error)
T ReadCloser interface
 Close func() error
 Read func([]byte) (int, error)
F ReadFull func(Reader, []byte) (int, error)
T ReadSeekCloser interface
 Close func() error
 Read func([]byte) (int, error)
 Seek func(int64, int) (int64, error)
T ReadSeeker interface
 Read func([]byte) (int, error)
 Seek func(int64, int) (int64, error)
T ReadWriteCloser interface
 Close func() error
 Read func([]byte) (int, error)
 Write func([]byte) (int, error)
T ReadWriteSeeker interface
 Read func([]byte) (int, error)
 Seek func(int64, int) (int64, error)
 Write func([]byte) (int, error)
T ReadWriter interface
 Read func([]byte) (int, error)
 Write func([]byte) (int, error)
T Reader interface
 Read func([]byte) (int, error)
T ReaderAt interface
 ReadAt func([]byte, int64) (int, error)
T ReaderFrom interface
 ReadFrom func(Reader) (int64, error)
T RuneReader interface
 ReadRune func() (rune, int, error)
T RuneScanner interface
 ReadRune func() (rune, int, error)
 UnreadRune func() error
T SectionReader struct
 Outer func() (ReaderAt, int64, int64)
 Read func([]byte) (int, error)
 ReadAt func([]byte, int64) (int, error)
 Seek func(int64, int) (int64, error)
 Size func() int64
T Seeker interface
 Seek func(int64, int) (int64, error)
T StringWriter interface
 WriteString func(string) (int, error)
F TeeReader func(Reader, Writer) Reader
T WriteCloser interface
 Close func() error
 Write func([]byte) (int, error)
T WriteSeeker interface
 Seek func(int64, int) (int64, error)
 Write func([]byte) (int, error)
F WriteString func(Writer, string) (int, error)
T Writer interface
 Write func([]byte) (int, error)
T WriterAt interface
 WriteAt func([]byte, int64) (int, error)
T WriterTo interface
 WriteTo func(Writer) (int64, error)
C untyped int: SeekCurrent SeekEnd SeekStart`,
  "io/fs": `T DirEntry interface
 Info func() (FileInfo, error)
 IsDir func() bool
 Name func() string
 Type func() FileMode
V ErrClosed error
V ErrExist error
V ErrInvalid error
V ErrNotExist error
V ErrPermission error
T FS interface
 Open func(string) (File, error)
T File interface
 Close func() error
 Read func([]byte) (int, error)
 Stat func() (FileInfo, error)
T FileInfo interface
 IsDir func() bool
 ModTime func() time.Time
 Mode func() FileMode
 Name func() string
 Size func() int64
 Sys func() any
F FileInfoToDirEntry func(FileInfo) DirEntry
T FileMode uint32
 IsDir func() bool
 IsRegular func() bool
 Perm func() FileMode
 String func() string
 Type func() FileMode
F FormatDirEntry func(DirEntry) string
F FormatFileInfo func(FileInfo) string
F Glob func(FS, string) ([]string, error)
T GlobFS interface
 Glob func(string) ([]string, error)
 Open func(string) (File, error)
F Lstat func(FS, string) (FileInfo, error)
T PathError struct
 .Err error
 .Op string
 .Path string
 Error func() string
 Timeout func() bool
 Unwrap func() error
F ReadDir func(FS, string) ([]DirEntry, error)
T ReadDirFS interface
 Open func(string) (File, error)
 ReadDir func(string) ([]DirEntry, error)
T ReadDirFile interface
 Close func() error
 Read func([]byte) (int, error)
 ReadDir func(int) ([]DirEntry, error)
 Stat func() (FileInfo, error)
F ReadFile func(FS, string) ([]byte, error)
T ReadFileFS interface
 Open func(string) (File, error)
 ReadFile func(string) ([]byte, error)
F ReadLink func(FS, string) (string, error)
T ReadLinkFS interface
 Lstat func(string) (FileInfo, error)
 Open func(string) (File, error)
 ReadLink func(string) (string, error)
V SkipAll error
V SkipDir error
F Stat func(FS, string) (FileInfo, error)
T StatFS interface
 Open func(string) (File, error)
 Stat func(string) (FileInfo, error)
F Sub func(FS, string) (FS, error)
T SubFS interface
 Open func(string) (File, error)
 Sub func(string) (FS, error)
F ValidPath func(string) bool
F WalkDir func(FS, string, WalkDirFunc) error
T WalkDirFunc func(string, DirEntry, error) error
C FileMode: ModeAppend ModeCharDevice ModeDevice ModeDir ModeExclusive ModeIrregular ModeNamedPipe ModePerm ModeSetgid ModeSetuid ModeSocket ModeSticky ModeSymlink ModeTemporary ModeType`,
  "io/ioutil": `V Discard io.Writer
F NopCloser func(io.Reader) io.ReadCloser
F ReadAll func(io.Reader) ([]byte, error)
F ReadDir func(string) ([]io/fs.FileInfo, error)
F ReadFile func(string) ([]byte, error)
F TempDir func(string, string) (string, error)
F TempFile func(string, string) (*os.File, error)
F WriteFile func(string, []byte, io/fs.FileMode) error`,
  iter: `F Pull[V] func(Seq[V]) (func() (V, bool), func())
F Pull2[K; V] func(Seq2[K, V]) (func() (K, V, bool), func())
T Seq[V] func(func(V) bool)
T Seq2[K; V] func(func(K, V) bool)`,
  log: `F Default func() *Logger
F Fatal func(...any)
F Fatalf func(string, ...any)
F Fatalln func(...any)
F Flags func() int
T Logger struct
 Fatal func(...any)
 Fatalf func(string, ...any)
 Fatalln func(...any)
 Flags func() int
 Output func(int, string) error
 Panic func(...any)
 Panicf func(string, ...any)
 Panicln func(...any)
 Prefix func() string
 Print func(...any)
 Printf func(string, ...any)
 Println func(...any)
 SetFlags func(int)
 SetOutput func(io.Writer)
 SetPrefix func(string)
 Writer func() io.Writer
F New func(io.Writer, string, int) *Logger
F Output func(int, string) error
F Panic func(...any)
F Panicf func(string, ...any)
F Panicln func(...any)
F Prefix func() string
F Print func(...any)
F Printf func(string, ...any)
F Println func(...any)
F SetFlags func(int)
F SetOutput func(io.Writer)
F SetPrefix func(string)
F Writer func() io.Writer
C untyped int: LUTC Ldate Llongfile Lmicroseconds Lmsgprefix Lshortfile LstdFlags Ltime`,
  "log/slog": `F Any func(string, any) Attr
F AnyValue func(any) Value
T Attr struct
 .Key string
 .Value Value
 Equal func(Attr) bool
 String func() string
F Bool func(string, bool) Attr
F BoolValue func(bool) Value
F Debug func(string, ...any)
F DebugContext func(context.Context, string, ...any)
F Default func() *Logger
V DiscardHandler Handler
F Duration func(string, time.Duration) Attr
F DurationValue func(time.Duration) Value
F Error func(string, ...any)
F ErrorContext func(context.Context, string, ...any)
F Float64 func(string, float64) Attr
F Float64Value func(float64) Value
F Group func(string, ...any) Attr
F GroupAttrs func(string, ...Attr) Attr
F GroupValue func(...Attr) Value
T Handler interface
 Enabled func(context.Context, Level) bool
 Handle func(context.Context, Record) error
 WithAttrs func([]Attr) Handler
 WithGroup func(string) Handler
T HandlerOptions struct
 .AddSource bool
 .Level Leveler
 .ReplaceAttr func([]string, Attr) Attr
F Info func(string, ...any)
F InfoContext func(context.Context, string, ...any)
F Int func(string, int) Attr
F Int64 func(string, int64) Attr
F Int64Value func(int64) Value
F IntValue func(int) Value
T JSONHandler struct
 Enabled func(context.Context, Level) bool
 Handle func(context.Context, Record) error
 WithAttrs func([]Attr) Handler
 WithGroup func(string) Handler
T Kind int
 String func() string
T Level int
 AppendText func([]byte) ([]byte, error)
 Level func() Level
 MarshalJSON func() ([]byte, error)
 MarshalText func() ([]byte, error)
 String func() string
 UnmarshalJSON func([]byte) error
 UnmarshalText func([]byte) error
T LevelVar struct
 AppendText func([]byte) ([]byte, error)
 Level func() Level
 MarshalText func() ([]byte, error)
 Set func(Level)
 String func() string
 UnmarshalText func([]byte) error
T Leveler interface
 Level func() Level
F Log func(context.Context, Level, string, ...any)
F LogAttrs func(context.Context, Level, string, ...Attr)
T LogValuer interface
 LogValue func() Value
T Logger struct
 Debug func(string, ...any)
 DebugContext func(context.Context, string, ...any)
 Enabled func(context.Context, Level) bool
 Error func(string, ...any)
 ErrorContext func(context.Context, string, ...any)
 Handler func() Handler
 Info func(string, ...any)
 InfoContext func(context.Context, string, ...any)
 Log func(context.Context, Level, string, ...any)
 LogAttrs func(context.Context, Level, string, ...Attr)
 Warn func(string, ...any)
 WarnContext func(context.Context, string, ...any)
 With func(...any) *Logger
 WithGroup func(string) *Logger
T MultiHandler struct
 Enabled func(context.Context, Level) bool
 Handle func(context.Context, Record) error
 WithAttrs func([]Attr) Handler
 WithGroup func(string) Handler
F New func(Handler) *Logger
F NewJSONHandler func(io.Writer, *HandlerOptions) *JSONHandler
F NewLogLogger func(Handler, Level) *log.Logger
F NewMultiHandler func(...Handler) *MultiHandler
F NewRecord func(time.Time, Level, string, uintptr) Record
F NewTextHandler func(io.Writer, *HandlerOptions) *TextHandler
T Record struct
 .Level Level
 .Message string
 .PC uintptr
 .Time time.Time
 Add func(...any)
 AddAttrs func(...Attr)
 Attrs func(func(Attr) bool)
 Clone func() Record
 NumAttrs func() int
 Source func() *Source
F SetDefault func(*Logger)
F SetLogLoggerLevel func(Level) Level
T Source struct
 .File string
 .Function string
 .Line int
F String func(string, string) Attr
F StringValue func(string) Value
T TextHandler struct
 Enabled func(context.Context, Level) bool
 Handle func(context.Context, Record) error
 WithAttrs func([]Attr) Handler
 WithGroup func(string) Handler
F Time func(string, time.Time) Attr
F TimeValue func(time.Time) Value
F Uint64 func(string, uint64) Attr
F Uint64Value func(uint64) Value
T Value struct
 Any func() any
 Bool func() bool
 Duration func() time.Duration
 Equal func(Value) bool
 Float64 func() float64
 Group func() []Attr
 Int64 func() int64
 Kind func() Kind
 LogValuer func() LogValuer
 Resolve func() Value
 String func() string
 Time func() time.Time
 Uint64 func() uint64
F Warn func(string, ...any)
F WarnContext func(context.Context, string, ...any)
F With func(...any) *Logger
C Kind: KindAny KindBool KindDuration KindFloat64 KindGroup KindInt64 KindLogValuer KindString KindTime KindUint64
C Level: LevelDebug LevelError LevelInfo LevelWarn
C untyped string: LevelKey MessageKey SourceKey TimeKey`,
  maps: `F All[Map map[K]V; K; V] func(Map) iter.Seq2[K, V]
F Clone[M map[K]V; K; V] func(M) M
F Collect[K; V] func(iter.Seq2[K, V]) map[K]V
F Copy[M1 map[K]V; M2 map[K]V; K; V] func(M1, M2)
F DeleteFunc[M map[K]V; K; V] func(M, func(K, V) bool)
F Equal[M1 map[K]V; M2 map[K]V; K; V] func(M1, M2) bool
F EqualFunc[M1 map[K]V1; M2 map[K]V2; K; V1; V2] func(M1, M2, func(V1, V2) bool) bool
F Insert[Map map[K]V; K; V] func(Map, iter.Seq2[K, V])
F Keys[Map map[K]V; K; V] func(Map) iter.Seq[K]
F Values[Map map[K]V; K; V] func(Map) iter.Seq[V]`,
  math: `F Abs func(float64) float64
F Acos func(float64) float64
F Acosh func(float64) float64
F Asin func(float64) float64
F Asinh func(float64) float64
F Atan func(float64) float64
F Atan2 func(float64, float64) float64
F Atanh func(float64) float64
F Cbrt func(float64) float64
F Ceil func(float64) float64
F Copysign func(float64, float64) float64
F Cos func(float64) float64
F Cosh func(float64) float64
F Dim func(float64, float64) float64
F Erf func(float64) float64
F Erfc func(float64) float64
F Erfcinv func(float64) float64
F Erfinv func(float64) float64
F Exp func(float64) float64
F Exp2 func(float64) float64
F Expm1 func(float64) float64
F FMA func(float64, float64, float64) float64
F Float32bits func(float32) uint32
F Float32frombits func(uint32) float32
F Float64bits func(float64) uint64
F Float64frombits func(uint64) float64
F Floor func(float64) float64
F Frexp func(float64) (float64, int)
F Gamma func(float64) float64
F Hypot func(float64, float64) float64
F Ilogb func(float64) int
F Inf func(int) float64
F IsInf func(float64, int) bool
F IsNaN func(float64) bool
F J0 func(float64) float64
F J1 func(float64) float64
F Jn func(int, float64) float64
F Ldexp func(float64, int) float64
F Lgamma func(float64) (float64, int)
F Log func(float64) float64
F Log10 func(float64) float64
F Log1p func(float64) float64
F Log2 func(float64) float64
F Logb func(float64) float64
F Max func(float64, float64) float64
F Min func(float64, float64) float64
F Mod func(float64, float64) float64
F Modf func(float64) (float64, float64)
F NaN func() float64
F Nextafter func(float64, float64) float64
F Nextafter32 func(float32, float32) float32
F Pow func(float64, float64) float64
F Pow10 func(int) float64
F Remainder func(float64, float64) float64
F Round func(float64) float64
F RoundToEven func(float64) float64
F Signbit func(float64) bool
F Sin func(float64) float64
F Sincos func(float64) (float64, float64)
F Sinh func(float64) float64
F Sqrt func(float64) float64
F Tan func(float64) float64
F Tanh func(float64) float64
F Trunc func(float64) float64
F Y0 func(float64) float64
F Y1 func(float64) float64
F Yn func(int, float64) float64
C untyped float: E Ln10 Ln2 Log10E Log2E MaxFloat32 MaxFloat64 Phi Pi SmallestNonzeroFloat32 SmallestNonzeroFloat64 Sqrt2 SqrtE SqrtPhi SqrtPi
C untyped int: MaxInt MaxInt16 MaxInt32 MaxInt64 MaxInt8 MaxUint MaxUint16 MaxUint32 MaxUint64 MaxUint8 MinInt MinInt16 MinInt32 MinInt64 MinInt8`,
  "math/big": `T Accuracy int8
 String func() string
T ErrNaN struct
 Error func() string
T Float struct
 Abs func(*Float) *Float
 Acc func() Accuracy
 Add func(*Float, *Float) *Float
 Append func([]byte, byte, int) []byte
 AppendText func([]byte) ([]byte, error)
 Cmp func(*Float) int
 Copy func(*Float) *Float
 Float32 func() (float32, Accuracy)
 Float64 func() (float64, Accuracy)
 Format func(fmt.State, rune)
 GobDecode func([]byte) error
 GobEncode func() ([]byte, error)
 Int func(*Int) (*Int, Accuracy)
 Int64 func() (int64, Accuracy)
 IsInf func() bool
 IsInt func() bool
 MantExp func(*Float) int
 MarshalText func() ([]byte, error)
 MinPrec func() uint
 Mode func() RoundingMode
 Mul func(*Float, *Float) *Float
 Neg func(*Float) *Float
 Parse func(string, int) (*Float, int, error)
 Prec func() uint
 Quo func(*Float, *Float) *Float
 Rat func(*Rat) (*Rat, Accuracy)
 Scan func(fmt.ScanState, rune) error
 Set func(*Float) *Float
 SetFloat64 func(float64) *Float
 SetInf func(bool) *Float
 SetInt func(*Int) *Float
 SetInt64 func(int64) *Float
 SetMantExp func(*Float, int) *Float
 SetMode func(RoundingMode) *Float
 SetPrec func(uint) *Float
 SetRat func(*Rat) *Float
 SetString func(string) (*Float, bool)
 SetUint64 func(uint64) *Float
 Sign func() int
 Signbit func() bool
 Sqrt func(*Float) *Float
 String func() string
 Sub func(*Float, *Float) *Float
 Text func(byte, int) string
 Uint64 func() (uint64, Accuracy)
 UnmarshalText func([]byte) error
T Int struct
 Abs func(*Int) *Int
 Add func(*Int, *Int) *Int
 And func(*Int, *Int) *Int
 AndNot func(*Int, *Int) *Int
 Append func([]byte, int) []byte
 AppendText func([]byte) ([]byte, error)
 Binomial func(int64, int64) *Int
 Bit func(int) uint
 BitLen func() int
 Bits func() []Word
 Bytes func() []byte
 Cmp func(*Int) int
 CmpAbs func(*Int) int
 Div func(*Int, *Int) *Int
 DivMod func(*Int, *Int, *Int) (*Int, *Int)
 Exp func(*Int, *Int, *Int) *Int
 FillBytes func([]byte) []byte
 Float64 func() (float64, Accuracy)
 Format func(fmt.State, rune)
 GCD func(*Int, *Int, *Int, *Int) *Int
 GobDecode func([]byte) error
 GobEncode func() ([]byte, error)
 Int64 func() int64
 IsInt64 func() bool
 IsUint64 func() bool
 Lsh func(*Int, uint) *Int
 MarshalJSON func() ([]byte, error)
 MarshalText func() ([]byte, error)
 Mod func(*Int, *Int) *Int
 ModInverse func(*Int, *Int) *Int
 ModSqrt func(*Int, *Int) *Int
 Mul func(*Int, *Int) *Int
 MulRange func(int64, int64) *Int
 Neg func(*Int) *Int
 Not func(*Int) *Int
 Or func(*Int, *Int) *Int
 ProbablyPrime func(int) bool
 Quo func(*Int, *Int) *Int
 QuoRem func(*Int, *Int, *Int) (*Int, *Int)
 Rand func(*math/rand.Rand, *Int) *Int
 Rem func(*Int, *Int) *Int
 Rsh func(*Int, uint) *Int
 Scan func(fmt.ScanState, rune) error
 Set func(*Int) *Int
 SetBit func(*Int, int, uint) *Int
 SetBits func([]Word) *Int
 SetBytes func([]byte) *Int
 SetInt64 func(int64) *Int
 SetString func(string, int) (*Int, bool)
 SetUint64 func(uint64) *Int
 Sign func() int
 Sqrt func(*Int) *Int
 String func() string
 Sub func(*Int, *Int) *Int
 Text func(int) string
 TrailingZeroBits func() uint
 Uint64 func() uint64
 UnmarshalJSON func([]byte) error
 UnmarshalText func([]byte) error
 Xor func(*Int, *Int) *Int
F Jacobi func(*Int, *Int) int
F NewFloat func(float64) *Float
F NewInt func(int64) *Int
F NewRat func(int64, int64) *Rat
F ParseFloat func(string, int, uint, RoundingMode) (*Float, int, error)
T Rat struct
 Abs func(*Rat) *Rat
 Add func(*Rat, *Rat) *Rat
 AppendText func([]byte) ([]byte, error)
 Cmp func(*Rat) int
 Denom func() *Int
 Float32 func() (float32, bool)
 Float64 func() (float64, bool)
 FloatPrec func() (int, bool)
 FloatString func(int) string
 GobDecode func([]byte) error
 GobEncode func() ([]byte, error)
 Inv func(*Rat) *Rat
 IsInt func() bool
 MarshalText func() ([]byte, error)
 Mul func(*Rat, *Rat) *Rat
 Neg func(*Rat) *Rat
 Num func() *Int
 Quo func(*Rat, *Rat) *Rat
 RatString func() string
 Scan func(fmt.ScanState, rune) error
 Set func(*Rat) *Rat
 SetFloat64 func(float64) *Rat
 SetFrac func(*Int, *Int) *Rat
 SetFrac64 func(int64, int64) *Rat
 SetInt func(*Int) *Rat
 SetInt64 func(int64) *Rat
 SetString func(string) (*Rat, bool)
 SetUint64 func(uint64) *Rat
 Sign func() int
 String func() string
 Sub func(*Rat, *Rat) *Rat
 UnmarshalText func([]byte) error
T RoundingMode byte
 String func() string
T Word uint
C Accuracy: Above Below Exact
C RoundingMode: AwayFromZero ToNearestAway ToNearestEven ToNegativeInf ToPositiveInf ToZero
C untyped int: MaxExp MaxPrec MinExp
C untyped rune: MaxBase`,
  "math/bits": `F Add func(uint, uint, uint) (uint, uint)
F Add32 func(uint32, uint32, uint32) (uint32, uint32)
F Add64 func(uint64, uint64, uint64) (uint64, uint64)
F Div func(uint, uint, uint) (uint, uint)
F Div32 func(uint32, uint32, uint32) (uint32, uint32)
F Div64 func(uint64, uint64, uint64) (uint64, uint64)
F LeadingZeros func(uint) int
F LeadingZeros16 func(uint16) int
F LeadingZeros32 func(uint32) int
F LeadingZeros64 func(uint64) int
F LeadingZeros8 func(uint8) int
F Len func(uint) int
F Len16 func(uint16) int
F Len32 func(uint32) int
F Len64 func(uint64) int
F Len8 func(uint8) int
F Mul func(uint, uint) (uint, uint)
F Mul32 func(uint32, uint32) (uint32, uint32)
F Mul64 func(uint64, uint64) (uint64, uint64)
F OnesCount func(uint) int
F OnesCount16 func(uint16) int
F OnesCount32 func(uint32) int
F OnesCount64 func(uint64) int
F OnesCount8 func(uint8) int
F Rem func(uint, uint, uint) uint
F Rem32 func(uint32, uint32, uint32) uint32
F Rem64 func(uint64, uint64, uint64) uint64
F Reverse func(uint) uint
F Reverse16 func(uint16) uint16
F Reverse32 func(uint32) uint32
F Reverse64 func(uint64) uint64
F Reverse8 func(uint8) uint8
F ReverseBytes func(uint) uint
F ReverseBytes16 func(uint16) uint16
F ReverseBytes32 func(uint32) uint32
F ReverseBytes64 func(uint64) uint64
F RotateLeft func(uint, int) uint
F RotateLeft16 func(uint16, int) uint16
F RotateLeft32 func(uint32, int) uint32
F RotateLeft64 func(uint64, int) uint64
F RotateLeft8 func(uint8, int) uint8
F Sub func(uint, uint, uint) (uint, uint)
F Sub32 func(uint32, uint32, uint32) (uint32, uint32)
F Sub64 func(uint64, uint64, uint64) (uint64, uint64)
F TrailingZeros func(uint) int
F TrailingZeros16 func(uint16) int
F TrailingZeros32 func(uint32) int
F TrailingZeros64 func(uint64) int
F TrailingZeros8 func(uint8) int
C untyped int: UintSize`,
  "math/rand": `F ExpFloat64 func() float64
F Float32 func() float32
F Float64 func() float64
F Int func() int
F Int31 func() int32
F Int31n func(int32) int32
F Int63 func() int64
F Int63n func(int64) int64
F Intn func(int) int
F New func(Source) *Rand
F NewSource func(int64) Source
F NewZipf func(*Rand, float64, float64, uint64) *Zipf
F NormFloat64 func() float64
F Perm func(int) []int
T Rand struct
 ExpFloat64 func() float64
 Float32 func() float32
 Float64 func() float64
 Int func() int
 Int31 func() int32
 Int31n func(int32) int32
 Int63 func() int64
 Int63n func(int64) int64
 Intn func(int) int
 NormFloat64 func() float64
 Perm func(int) []int
 Read func([]byte) (int, error)
 Seed func(int64)
 Shuffle func(int, func(int, int))
 Uint32 func() uint32
 Uint64 func() uint64
F Read func([]byte) (int, error)
F Seed func(int64)
F Shuffle func(int, func(int, int))
T Source interface
 Int63 func() int64
 Seed func(int64)
T Source64 interface
 Int63 func() int64
 Seed func(int64)
 Uint64 func() uint64
F Uint32 func() uint32
F Uint64 func() uint64
T Zipf struct
 Uint64 func() uint64`,
  "math/rand/v2": `T ChaCha8 struct
 AppendBinary func([]byte) ([]byte, error)
 MarshalBinary func() ([]byte, error)
 Read func([]byte) (int, error)
 Seed func([32]byte)
 Uint64 func() uint64
 UnmarshalBinary func([]byte) error
F ExpFloat64 func() float64
F Float32 func() float32
F Float64 func() float64
F Int func() int
F Int32 func() int32
F Int32N func(int32) int32
F Int64 func() int64
F Int64N func(int64) int64
F IntN func(int) int
F N[Int] func(Int) Int
F New func(Source) *Rand
F NewChaCha8 func([32]byte) *ChaCha8
F NewPCG func(uint64, uint64) *PCG
F NewZipf func(*Rand, float64, float64, uint64) *Zipf
F NormFloat64 func() float64
T PCG struct
 AppendBinary func([]byte) ([]byte, error)
 MarshalBinary func() ([]byte, error)
 Seed func(uint64, uint64)
 Uint64 func() uint64
 UnmarshalBinary func([]byte) error
F Perm func(int) []int
T Rand struct
 ExpFloat64 func() float64
 Float32 func() float32
 Float64 func() float64
 Int func() int
 Int32 func() int32
 Int32N func(int32) int32
 Int64 func() int64
 Int64N func(int64) int64
 IntN func(int) int
 NormFloat64 func() float64
 Perm func(int) []int
 Shuffle func(int, func(int, int))
 Uint func() uint
 Uint32 func() uint32
 Uint32N func(uint32) uint32
 Uint64 func() uint64
 Uint64N func(uint64) uint64
 UintN func(uint) uint
F Shuffle func(int, func(int, int))
T Source interface
 Uint64 func() uint64
F Uint func() uint
F Uint32 func() uint32
F Uint32N func(uint32) uint32
F Uint64 func() uint64
F Uint64N func(uint64) uint64
F UintN func(uint) uint
T Zipf struct
 Uint64 func() uint64`,
  mime: `F AddExtensionType func(string, string) error
V ErrInvalidMediaParameter error
F ExtensionsByType func(string) ([]string, error)
F FormatMediaType func(string, map[string]string) string
F ParseMediaType func(string) (string, map[string]string, error)
F TypeByExtension func(string) string
T WordDecoder struct
 .CharsetReader func(string, io.Reader) (io.Reader, error)
 Decode func(string) (string, error)
 DecodeHeader func(string) (string, error)
T WordEncoder byte
 Encode func(string, string) string
C WordEncoder: BEncoding QEncoding`,
  "mime/multipart": `V ErrMessageTooLarge error
T File interface
 Close func() error
 Read func([]byte) (int, error)
 ReadAt func([]byte, int64) (int, error)
 Seek func(int64, int) (int64, error)
F FileContentDisposition func(string, string) string
T FileHeader struct
 .Filename string
 .Header net/textproto.MIMEHeader
 .Size int64
 Open func() (File, error)
T Form struct
 .File map[string][]*FileHeader
 .Value map[string][]string
 RemoveAll func() error
F NewReader func(io.Reader, string) *Reader
F NewWriter func(io.Writer) *Writer
T Part struct
 .Header net/textproto.MIMEHeader
 Close func() error
 FileName func() string
 FormName func() string
 Read func([]byte) (int, error)
T Reader struct
 NextPart func() (*Part, error)
 NextRawPart func() (*Part, error)
 ReadForm func(int64) (*Form, error)
T Writer struct
 Boundary func() string
 Close func() error
 CreateFormField func(string) (io.Writer, error)
 CreateFormFile func(string, string) (io.Writer, error)
 CreatePart func(net/textproto.MIMEHeader) (io.Writer, error)
 FormDataContentType func() string
 SetBoundary func(string) error
 WriteField func(string, string) error`,
  net: `T Addr interface
 Network func() string
 String func() string
T AddrError struct
 .Addr string
 .Err string
 Error func() string
 Temporary func() bool
 Timeout func() bool
T Buffers [][]byte
 Read func([]byte) (int, error)
 WriteTo func(io.Writer) (int64, error)
F CIDRMask func(int, int) IPMask
T Conn interface
 Close func() error
 LocalAddr func() Addr
 Read func([]byte) (int, error)
 RemoteAddr func() Addr
 SetDeadline func(time.Time) error
 SetReadDeadline func(time.Time) error
 SetWriteDeadline func(time.Time) error
 Write func([]byte) (int, error)
T DNSConfigError struct
 .Err error
 Error func() string
 Temporary func() bool
 Timeout func() bool
 Unwrap func() error
T DNSError struct
 .Err string
 .IsNotFound bool
 .IsTemporary bool
 .IsTimeout bool
 .Name string
 .Server string
 .UnwrapErr error
 Error func() string
 Temporary func() bool
 Timeout func() bool
 Unwrap func() error
V DefaultResolver *Resolver
F Dial func(string, string) (Conn, error)
F DialIP func(string, *IPAddr, *IPAddr) (*IPConn, error)
F DialTCP func(string, *TCPAddr, *TCPAddr) (*TCPConn, error)
F DialTimeout func(string, string, time.Duration) (Conn, error)
F DialUDP func(string, *UDPAddr, *UDPAddr) (*UDPConn, error)
F DialUnix func(string, *UnixAddr, *UnixAddr) (*UnixConn, error)
T Dialer struct
 .Cancel <-chan struct{}
 .Control func(string, string, syscall.RawConn) error
 .ControlContext func(context.Context, string, string, syscall.RawConn) error
 .Deadline time.Time
 .DualStack bool
 .FallbackDelay time.Duration
 .KeepAlive time.Duration
 .KeepAliveConfig KeepAliveConfig
 .LocalAddr Addr
 .Resolver *Resolver
 .Timeout time.Duration
 Dial func(string, string) (Conn, error)
 DialContext func(context.Context, string, string) (Conn, error)
 DialIP func(context.Context, string, net/netip.Addr, net/netip.Addr) (*IPConn, error)
 DialTCP func(context.Context, string, net/netip.AddrPort, net/netip.AddrPort) (*TCPConn, error)
 DialUDP func(context.Context, string, net/netip.AddrPort, net/netip.AddrPort) (*UDPConn, error)
 DialUnix func(context.Context, string, *UnixAddr, *UnixAddr) (*UnixConn, error)
 MultipathTCP func() bool
 SetMultipathTCP func(bool)
V ErrClosed error
V ErrWriteToConnected error
T Error interface
 Error func() string
 Temporary func() bool
 Timeout func() bool
F FileConn func(*os.File) (Conn, error)
F FileListener func(*os.File) (Listener, error)
F FilePacketConn func(*os.File) (PacketConn, error)
T Flags uint
 String func() string
T HardwareAddr []byte
 String func() string
T IP []byte
 AppendText func([]byte) ([]byte, error)
 DefaultMask func() IPMask
 Equal func(IP) bool
 IsGlobalUnicast func() bool
 IsInterfaceLocalMulticast func() bool
 IsLinkLocalMulticast func() bool
 IsLinkLocalUnicast func() bool
 IsLoopback func() bool
 IsMulticast func() bool
 IsPrivate func() bool
 IsUnspecified func() bool
 MarshalText func() ([]byte, error)
 Mask func(IPMask) IP
 String func() string
 To16 func() IP
 To4 func() IP
 UnmarshalText func([]byte) error
T IPAddr struct
 .IP IP
 .Zone string
 Network func() string
 String func() string
T IPConn struct
 Close func() error
 File func() (*os.File, error)
 LocalAddr func() Addr
 Read func([]byte) (int, error)
 ReadFrom func([]byte) (int, Addr, error)
 ReadFromIP func([]byte) (int, *IPAddr, error)
 ReadMsgIP func([]byte, []byte) (int, int, int, *IPAddr, error)
 RemoteAddr func() Addr
 SetDeadline func(time.Time) error
 SetReadBuffer func(int) error
 SetReadDeadline func(time.Time) error
 SetWriteBuffer func(int) error
 SetWriteDeadline func(time.Time) error
 SyscallConn func() (syscall.RawConn, error)
 Write func([]byte) (int, error)
 WriteMsgIP func([]byte, []byte, *IPAddr) (int, int, error)
 WriteTo func([]byte, Addr) (int, error)
 WriteToIP func([]byte, *IPAddr) (int, error)
T IPMask []byte
 Size func() (int, int)
 String func() string
T IPNet struct
 .IP IP
 .Mask IPMask
 Contains func(IP) bool
 Network func() string
 String func() string
F IPv4 func(byte, byte, byte, byte) IP
F IPv4Mask func(byte, byte, byte, byte) IPMask
V IPv4allrouter IP
V IPv4allsys IP
V IPv4bcast IP
V IPv4zero IP
V IPv6interfacelocalallnodes IP
V IPv6linklocalallnodes IP
V IPv6linklocalallrouters IP
V IPv6loopback IP
V IPv6unspecified IP
V IPv6zero IP
T Interface struct
 .Flags Flags
 .HardwareAddr HardwareAddr
 .Index int
 .MTU int
 .Name string
 Addrs func() ([]Addr, error)
 MulticastAddrs func() ([]Addr, error)
F InterfaceAddrs func() ([]Addr, error)
F InterfaceByIndex func(int) (*Interface, error)
F InterfaceByName func(string) (*Interface, error)
F Interfaces func() ([]Interface, error)
T InvalidAddrError string
 Error func() string
 Temporary func() bool
 Timeout func() bool
F JoinHostPort func(string, string) string
T KeepAliveConfig struct
 .Count int
 .Enable bool
 .Idle time.Duration
 .Interval time.Duration
F Listen func(string, string) (Listener, error)
T ListenConfig struct
 .Control func(string, string, syscall.RawConn) error
 .KeepAlive time.Duration
 .KeepAliveConfig KeepAliveConfig
 Listen func(context.Context, string, string) (Listener, error)
 ListenPacket func(context.Context, string, string) (PacketConn, error)
 MultipathTCP func() bool
 SetMultipathTCP func(bool)
F ListenIP func(string, *IPAddr) (*IPConn, error)
F ListenMulticastUDP func(string, *Interface, *UDPAddr) (*UDPConn, error)
F ListenPacket func(string, string) (PacketConn, error)
F ListenTCP func(string, *TCPAddr) (*TCPListener, error)
F ListenUDP func(string, *UDPAddr) (*UDPConn, error)
F ListenUnix func(string, *UnixAddr) (*UnixListener, error)
F ListenUnixgram func(string, *UnixAddr) (*UnixConn, error)
T Listener interface
 Accept func() (Conn, error)
 Addr func() Addr
 Close func() error
F LookupAddr func(string) ([]string, error)
F LookupCNAME func(string) (string, error)
F LookupHost func(string) ([]string, error)
F LookupIP func(string) ([]IP, error)
F LookupMX func(string) ([]*MX, error)
F LookupNS func(string) ([]*NS, error)
F LookupPort func(string, string) (int, error)
F LookupSRV func(string, string, string) (string, []*SRV, error)
F LookupTXT func(string) ([]string, error)
T MX struct
 .Host string
 .Pref uint16
T NS struct
 .Host string
T OpError struct
 .Addr Addr
 .Err error
 .Net string
 .Op string
 .Source Addr
 Error func() string
 Temporary func() bool
 Timeout func() bool
 Unwrap func() error
T PacketConn interface
 Close func() error
 LocalAddr func() Addr
 ReadFrom func([]byte) (int, Addr, error)
 SetDeadline func(time.Time) error
 SetReadDeadline func(time.Time) error
 SetWriteDeadline func(time.Time) error
 WriteTo func([]byte, Addr) (int, error)
F ParseCIDR func(string) (IP, *IPNet, error)
T ParseError struct
 .Text string
 .Type string
 Error func() string
 Temporary func() bool
 Timeout func() bool
F ParseIP func(string) IP
F ParseMAC func(string) (HardwareAddr, error)
F Pipe func() (Conn, Conn)
F ResolveIPAddr func(string, string) (*IPAddr, error)
F ResolveTCPAddr func(string, string) (*TCPAddr, error)
F ResolveUDPAddr func(string, string) (*UDPAddr, error)
F ResolveUnixAddr func(string, string) (*UnixAddr, error)
T Resolver struct
 .Dial func(context.Context, string, string) (Conn, error)
 .PreferGo bool
 .StrictErrors bool
 LookupAddr func(context.Context, string) ([]string, error)
 LookupCNAME func(context.Context, string) (string, error)
 LookupHost func(context.Context, string) ([]string, error)
 LookupIP func(context.Context, string, string) ([]IP, error)
 LookupIPAddr func(context.Context, string) ([]IPAddr, error)
 LookupMX func(context.Context, string) ([]*MX, error)
 LookupNS func(context.Context, string) ([]*NS, error)
 LookupNetIP func(context.Context, string, string) ([]net/netip.Addr, error)
 LookupPort func(context.Context, string, string) (int, error)
 LookupSRV func(context.Context, string, string, string) (string, []*SRV, error)
 LookupTXT func(context.Context, string) ([]string, error)
T SRV struct
 .Port uint16
 .Priority uint16
 .Target string
 .Weight uint16
F SplitHostPort func(string) (string, string, error)
T TCPAddr struct
 .IP IP
 .Port int
 .Zone string
 AddrPort func() net/netip.AddrPort
 Network func() string
 String func() string
F TCPAddrFromAddrPort func(net/netip.AddrPort) *TCPAddr
T TCPConn struct
 Close func() error
 CloseRead func() error
 CloseWrite func() error
 File func() (*os.File, error)
 LocalAddr func() Addr
 MultipathTCP func() (bool, error)
 Read func([]byte) (int, error)
 ReadFrom func(io.Reader) (int64, error)
 RemoteAddr func() Addr
 SetDeadline func(time.Time) error
 SetKeepAlive func(bool) error
 SetKeepAliveConfig func(KeepAliveConfig) error
 SetKeepAlivePeriod func(time.Duration) error
 SetLinger func(int) error
 SetNoDelay func(bool) error
 SetReadBuffer func(int) error
 SetReadDeadline func(time.Time) error
 SetWriteBuffer func(int) error
 SetWriteDeadline func(time.Time) error
 SyscallConn func() (syscall.RawConn, error)
 Write func([]byte) (int, error)
 WriteTo func(io.Writer) (int64, error)
T TCPListener struct
 Accept func() (Conn, error)
 AcceptTCP func() (*TCPConn, error)
 Addr func() Addr
 Close func() error
 File func() (*os.File, error)
 SetDeadline func(time.Time) error
 SyscallConn func() (syscall.RawConn, error)
T UDPAddr struct
 .IP IP
 .Port int
 .Zone string
 AddrPort func() net/netip.AddrPort
 Network func() string
 String func() string
F UDPAddrFromAddrPort func(net/netip.AddrPort) *UDPAddr
T UDPConn struct
 Close func() error
 File func() (*os.File, error)
 LocalAddr func() Addr
 Read func([]byte) (int, error)
 ReadFrom func([]byte) (int, Addr, error)
 ReadFromUDP func([]byte) (int, *UDPAddr, error)
 ReadFromUDPAddrPort func([]byte) (int, net/netip.AddrPort, error)
 ReadMsgUDP func([]byte, []byte) (int, int, int, *UDPAddr, error)
 ReadMsgUDPAddrPort func([]byte, []byte) (int, int, int, net/netip.AddrPort, error)
 RemoteAddr func() Addr
 SetDeadline func(time.Time) error
 SetReadBuffer func(int) error
 SetReadDeadline func(time.Time) error
 SetWriteBuffer func(int) error
 SetWriteDeadline func(time.Time) error
 SyscallConn func() (syscall.RawConn, error)
 Write func([]byte) (int, error)
 WriteMsgUDP func([]byte, []byte, *UDPAddr) (int, int, error)
 WriteMsgUDPAddrPort func([]byte, []byte, net/netip.AddrPort) (int, int, error)
 WriteTo func([]byte, Addr) (int, error)
 WriteToUDP func([]byte, *UDPAddr) (int, error)
 WriteToUDPAddrPort func([]byte, net/netip.AddrPort) (int, error)
T UnixAddr struct
 .Name string
 .Net string
 Network func() string
 String func() string
T UnixConn struct
 Close func() error
 CloseRead func() error
 CloseWrite func() error
 File func() (*os.File, error)
 LocalAddr func() Addr
 Read func([]byte) (int, error)
 ReadFrom func([]byte) (int, Addr, error)
 ReadFromUnix func([]byte) (int, *UnixAddr, error)
 ReadMsgUnix func([]byte, []byte) (int, int, int, *UnixAddr, error)
 RemoteAddr func() Addr
 SetDeadline func(time.Time) error
 SetReadBuffer func(int) error
 SetReadDeadline func(time.Time) error
 SetWriteBuffer func(int) error
 SetWriteDeadline func(time.Time) error
 SyscallConn func() (syscall.RawConn, error)
 Write func([]byte) (int, error)
 WriteMsgUnix func([]byte, []byte, *UnixAddr) (int, int, error)
 WriteTo func([]byte, Addr) (int, error)
 WriteToUnix func([]byte, *UnixAddr) (int, error)
T UnixListener struct
 Accept func() (Conn, error)
 AcceptUnix func() (*UnixConn, error)
 Addr func() Addr
 Close func() error
 File func() (*os.File, error)
 SetDeadline func(time.Time) error
 SetUnlinkOnClose func(bool)
 SyscallConn func() (syscall.RawConn, error)
T UnknownNetworkError string
 Error func() string
 Temporary func() bool
 Timeout func() bool
C Flags: FlagBroadcast FlagLoopback FlagMulticast FlagPointToPoint FlagRunning FlagUp
C untyped int: IPv4len IPv6len`,
  "net/http": `F AllowQuerySemicolons func(Handler) Handler
F CanonicalHeaderKey func(string) string
T Client struct
 .CheckRedirect func(*Request, []*Request) error
 .Jar CookieJar
 .Timeout time.Duration
 .Transport RoundTripper
 CloseIdleConnections func()
 Do func(*Request) (*Response, error)
 Get func(string) (*Response, error)
 Head func(string) (*Response, error)
 Post func(string, string, io.Reader) (*Response, error)
 PostForm func(string, net/url.Values) (*Response, error)
T ClientConn struct
 Available func() int
 Close func() error
 Err func() error
 InFlight func() int
 Release func()
 Reserve func() error
 RoundTrip func(*Request) (*Response, error)
 SetStateHook func(func(*ClientConn))
T CloseNotifier interface
 CloseNotify func() <-chan bool
T ConnState int
 String func() string
T Cookie struct
 .Domain string
 .Expires time.Time
 .HttpOnly bool
 .MaxAge int
 .Name string
 .Partitioned bool
 .Path string
 .Quoted bool
 .Raw string
 .RawExpires string
 .SameSite SameSite
 .Secure bool
 .Unparsed []string
 .Value string
 String func() string
 Valid func() error
T CookieJar interface
 Cookies func(*net/url.URL) []*Cookie
 SetCookies func(*net/url.URL, []*Cookie)
T CrossOriginProtection struct
 AddInsecureBypassPattern func(string)
 AddTrustedOrigin func(string) error
 Check func(*Request) error
 Handler func(Handler) Handler
 SetDenyHandler func(Handler)
V DefaultClient *Client
V DefaultServeMux *ServeMux
V DefaultTransport RoundTripper
F DetectContentType func([]byte) string
T Dir string
 Open func(string) (File, error)
V ErrAbortHandler error
V ErrBodyNotAllowed error
V ErrBodyReadAfterClose error
V ErrContentLength error
V ErrHandlerTimeout error
V ErrHeaderTooLong *ProtocolError
V ErrHijacked error
V ErrLineTooLong error
V ErrMissingBoundary *ProtocolError
V ErrMissingContentLength *ProtocolError
V ErrMissingFile error
V ErrNoCookie error
V ErrNoLocation error
V ErrNotMultipart *ProtocolError
V ErrNotSupported *ProtocolError
V ErrSchemeMismatch error
V ErrServerClosed error
V ErrShortBody *ProtocolError
V ErrSkipAltProtocol error
V ErrUnexpectedTrailer *ProtocolError
V ErrUseLastResponse error
V ErrWriteAfterFlush error
F Error func(ResponseWriter, string, int)
F FS func(io/fs.FS) FileSystem
T File interface
 Close func() error
 Read func([]byte) (int, error)
 Readdir func(int) ([]io/fs.FileInfo, error)
 Seek func(int64, int) (int64, error)
 Stat func() (io/fs.FileInfo, error)
F FileServer func(FileSystem) Handler
F FileServerFS func(io/fs.FS) Handler
T FileSystem interface
 Open func(string) (File, error)
T Flusher interface
 Flush func()
F Get func(string) (*Response, error)
T HTTP2Config struct
 .CountError func(string)
 .MaxConcurrentStreams int
 .MaxDecoderHeaderTableSize int
 .MaxEncoderHeaderTableSize int
 .MaxReadFrameSize int
 .MaxReceiveBufferPerConnection int
 .MaxReceiveBufferPerStream int
 .PermitProhibitedCipherSuites bool
 .PingTimeout time.Duration
 .SendPingTimeout time.Duration
 .StrictMaxConcurrentRequests bool
 .WriteByteTimeout time.Duration
F Handle func(string, Handler)
F HandleFunc func(string, func(ResponseWriter, *Request))
T Handler interface
 ServeHTTP func(ResponseWriter, *Request)
T HandlerFunc func(ResponseWriter, *Request)
 ServeHTTP func(ResponseWriter, *Request)
F Head func(string) (*Response, error)
T Header map[string][]string
 Add func(string, string)
 Clone func() Header
 Del func(string)
 Get func(string) string
 Set func(string, string)
 Values func(string) []string
 Write func(io.Writer) error
 WriteSubset func(io.Writer, map[string]bool) error
T Hijacker interface
 Hijack func() (net.Conn, *bufio.ReadWriter, error)
F ListenAndServe func(string, Handler) error
F ListenAndServeTLS func(string, string, string, Handler) error
V LocalAddrContextKey *contextKey
T MaxBytesError struct
 .Limit int64
 Error func() string
F MaxBytesHandler func(Handler, int64) Handler
F MaxBytesReader func(ResponseWriter, io.ReadCloser, int64) io.ReadCloser
F NewCrossOriginProtection func() *CrossOriginProtection
F NewFileTransport func(FileSystem) RoundTripper
F NewFileTransportFS func(io/fs.FS) RoundTripper
F NewRequest func(string, string, io.Reader) (*Request, error)
F NewRequestWithContext func(context.Context, string, string, io.Reader) (*Request, error)
F NewResponseController func(ResponseWriter) *ResponseController
F NewServeMux func() *ServeMux
V NoBody noBody
F NotFound func(ResponseWriter, *Request)
F NotFoundHandler func() Handler
F ParseCookie func(string) ([]*Cookie, error)
F ParseHTTPVersion func(string) (int, int, bool)
F ParseSetCookie func(string) (*Cookie, error)
F ParseTime func(string) (time.Time, error)
F Post func(string, string, io.Reader) (*Response, error)
F PostForm func(string, net/url.Values) (*Response, error)
T ProtocolError struct
 .ErrorString string
 Error func() string
 Is func(error) bool
T Protocols struct
 HTTP1 func() bool
 HTTP2 func() bool
 SetHTTP1 func(bool)
 SetHTTP2 func(bool)
 SetUnencryptedHTTP2 func(bool)
 String func() string
 UnencryptedHTTP2 func() bool
F ProxyFromEnvironment func(*Request) (*net/url.URL, error)
F ProxyURL func(*net/url.URL) func(*Request) (*net/url.URL, error)
T PushOptions struct
 .Header Header
 .Method string
T Pusher interface
 Push func(string, *PushOptions) error
F ReadRequest func(*bufio.Reader) (*Request, error)
F ReadResponse func(*bufio.Reader, *Request) (*Response, error)
F Redirect func(ResponseWriter, *Request, string, int)
F RedirectHandler func(string, int) Handler
T Request struct
 .Body io.ReadCloser
 .Cancel <-chan struct{}
 .Close bool
 .ContentLength int64
 .Form net/url.Values
 .GetBody func() (io.ReadCloser, error)
 .Header Header
 .Host string
 .Method string
 .MultipartForm *mime/multipart.Form
 .Pattern string
 .PostForm net/url.Values
 .Proto string
 .ProtoMajor int
 .ProtoMinor int
 .RemoteAddr string
 .RequestURI string
 .Response *Response
 .TLS *crypto/tls.ConnectionState
 .Trailer Header
 .TransferEncoding []string
 .URL *net/url.URL
 AddCookie func(*Cookie)
 BasicAuth func() (string, string, bool)
 Clone func(context.Context) *Request
 Context func() context.Context
 Cookie func(string) (*Cookie, error)
 Cookies func() []*Cookie
 CookiesNamed func(string) []*Cookie
 FormFile func(string) (mime/multipart.File, *mime/multipart.FileHeader, error)
 FormValue func(string) string
 MultipartReader func() (*mime/multipart.Reader, error)
 ParseForm func() error
 ParseMultipartForm func(int64) error
 PathValue func(string) string
 PostFormValue func(string) string
 ProtoAtLeast func(int, int) bool
 Referer func() string
 SetBasicAuth func(string, string)
 SetPathValue func(string, string)
 UserAgent func() string
 WithContext func(context.Context) *Request
 Write func(io.Writer) error
 WriteProxy func(io.Writer) error
T Response struct
 .Body io.ReadCloser
 .Close bool
 .ContentLength int64
 .Header Header
 .Proto string
 .ProtoMajor int
 .ProtoMinor int
 .Request *Request
 .Status string
 .StatusCode int
 .TLS *crypto/tls.ConnectionState
 .Trailer Header
 .TransferEncoding []string
 .Uncompressed bool
 Cookies func() []*Cookie
 Location func() (*net/url.URL, error)
 ProtoAtLeast func(int, int) bool
 Write func(io.Writer) error
T ResponseController struct
 EnableFullDuplex func() error
 Flush func() error
 Hijack func() (net.Conn, *bufio.ReadWriter, error)
 SetReadDeadline func(time.Time) error
 SetWriteDeadline func(time.Time) error
T ResponseWriter interface
 Header func() Header
 Write func([]byte) (int, error)
 WriteHeader func(int)
T RoundTripper interface
 RoundTrip func(*Request) (*Response, error)
T SameSite int
F Serve func(net.Listener, Handler) error
F ServeContent func(ResponseWriter, *Request, string, time.Time, io.ReadSeeker)
F ServeFile func(ResponseWriter, *Request, string)
F ServeFileFS func(ResponseWriter, *Request, io/fs.FS, string)
T ServeMux struct
 Handle func(string, Handler)
 HandleFunc func(string, func(ResponseWriter, *Request))
 Handler func(*Request) (Handler, string)
 ServeHTTP func(ResponseWriter, *Request)
F ServeTLS func(net.Listener, Handler, string, string) error
T Server struct
 .Addr string
 .BaseContext func(net.Listener) context.Context
 .ConnContext func(context.Context, net.Conn) context.Context
 .ConnState func(net.Conn, ConnState)
 .DisableGeneralOptionsHandler bool
 .ErrorLog *log.Logger
 .HTTP2 *HTTP2Config
 .Handler Handler
 .IdleTimeout time.Duration
 .MaxHeaderBytes int
 .Protocols *Protocols
 .ReadHeaderTimeout time.Duration
 .ReadTimeout time.Duration
 .TLSConfig *crypto/tls.Config
 .TLSNextProto map[string]func(*Server, *crypto/tls.Conn, Handler)
 .WriteTimeout time.Duration
 Close func() error
 ListenAndServe func() error
 ListenAndServeTLS func(string, string) error
 RegisterOnShutdown func(func())
 Serve func(net.Listener) error
 ServeTLS func(net.Listener, string, string) error
 SetKeepAlivesEnabled func(bool)
 Shutdown func(context.Context) error
V ServerContextKey *contextKey
F SetCookie func(ResponseWriter, *Cookie)
F StatusText func(int) string
F StripPrefix func(string, Handler) Handler
F TimeoutHandler func(Handler, time.Duration, string) Handler
T Transport struct
 .Dial func(string, string) (net.Conn, error)
 .DialContext func(context.Context, string, string) (net.Conn, error)
 .DialTLS func(string, string) (net.Conn, error)
 .DialTLSContext func(context.Context, string, string) (net.Conn, error)
 .DisableCompression bool
 .DisableKeepAlives bool
 .ExpectContinueTimeout time.Duration
 .ForceAttemptHTTP2 bool
 .GetProxyConnectHeader func(context.Context, *net/url.URL, string) (Header, error)
 .HTTP2 *HTTP2Config
 .IdleConnTimeout time.Duration
 .MaxConnsPerHost int
 .MaxIdleConns int
 .MaxIdleConnsPerHost int
 .MaxResponseHeaderBytes int64
 .OnProxyConnectResponse func(context.Context, *net/url.URL, *Request, *Response) error
 .Protocols *Protocols
 .Proxy func(*Request) (*net/url.URL, error)
 .ProxyConnectHeader Header
 .ReadBufferSize int
 .ResponseHeaderTimeout time.Duration
 .TLSClientConfig *crypto/tls.Config
 .TLSHandshakeTimeout time.Duration
 .TLSNextProto map[string]func(string, *crypto/tls.Conn) RoundTripper
 .WriteBufferSize int
 CancelRequest func(*Request)
 Clone func() *Transport
 CloseIdleConnections func()
 NewClientConn func(context.Context, string, string) (*ClientConn, error)
 RegisterProtocol func(string, RoundTripper)
 RoundTrip func(*Request) (*Response, error)
C ConnState: StateActive StateClosed StateHijacked StateIdle StateNew
C SameSite: SameSiteDefaultMode SameSiteLaxMode SameSiteNoneMode SameSiteStrictMode
C untyped int: DefaultMaxHeaderBytes DefaultMaxIdleConnsPerHost StatusAccepted StatusAlreadyReported StatusBadGateway StatusBadRequest StatusConflict StatusContinue StatusCreated StatusEarlyHints StatusExpectationFailed StatusFailedDependency StatusForbidden StatusFound StatusGatewayTimeout StatusGone StatusHTTPVersionNotSupported StatusIMUsed StatusInsufficientStorage StatusInternalServerError StatusLengthRequired StatusLocked StatusLoopDetected StatusMethodNotAllowed StatusMisdirectedRequest StatusMovedPermanently StatusMultiStatus StatusMultipleChoices StatusNetworkAuthenticationRequired StatusNoContent StatusNonAuthoritativeInfo StatusNotAcceptable StatusNotExtended StatusNotFound StatusNotImplemented StatusNotModified StatusOK StatusPartialContent StatusPaymentRequired StatusPermanentRedirect StatusPreconditionFailed StatusPreconditionRequired StatusProcessing StatusProxyAuthRequired StatusRequestEntityTooLarge StatusRequestHeaderFieldsTooLarge StatusRequestTimeout StatusRequestURITooLong StatusRequestedRangeNotSatisfiable StatusResetContent StatusSeeOther StatusServiceUnavailable StatusSwitchingProtocols StatusTeapot StatusTemporaryRedirect StatusTooEarly StatusTooManyRequests StatusUnauthorized StatusUnavailableForLegalReasons StatusUnprocessableEntity StatusUnsupportedMediaType StatusUpgradeRequired StatusUseProxy StatusVariantAlsoNegotiates
C untyped string: MethodConnect MethodDelete MethodGet MethodHead MethodOptions MethodPatch MethodPost MethodPut MethodTrace TimeFormat TrailerPrefix`,
  "net/http/cookiejar": `T Jar struct
 Cookies func(*net/url.URL) []*net/http.Cookie
 SetCookies func(*net/url.URL, []*net/http.Cookie)
F New func(*Options) (*Jar, error)
T Options struct
 .PublicSuffixList PublicSuffixList
T PublicSuffixList interface
 PublicSuffix func(string) string
 String func() string`,
  "net/http/httptest": `F NewRecorder func() *ResponseRecorder
F NewRequest func(string, string, io.Reader) *net/http.Request
F NewRequestWithContext func(context.Context, string, string, io.Reader) *net/http.Request
F NewServer func(net/http.Handler) *Server
F NewTLSServer func(net/http.Handler) *Server
F NewUnstartedServer func(net/http.Handler) *Server
T ResponseRecorder struct
 .Body *bytes.Buffer
 .Code int
 .Flushed bool
 .HeaderMap net/http.Header
 Flush func()
 Header func() net/http.Header
 Result func() *net/http.Response
 Write func([]byte) (int, error)
 WriteHeader func(int)
 WriteString func(string) (int, error)
T Server struct
 .Config *net/http.Server
 .EnableHTTP2 bool
 .Listener net.Listener
 .TLS *crypto/tls.Config
 .URL string
 Certificate func() *crypto/x509.Certificate
 Client func() *net/http.Client
 Close func()
 CloseClientConnections func()
 Start func()
 StartTLS func()
C untyped string: DefaultRemoteAddr`,
  "net/http/httptrace": `T ClientTrace struct
 .ConnectDone func(string, string, error)
 .ConnectStart func(string, string)
 .DNSDone func(DNSDoneInfo)
 .DNSStart func(DNSStartInfo)
 .GetConn func(string)
 .Got100Continue func()
 .Got1xxResponse func(int, net/textproto.MIMEHeader) error
 .GotConn func(GotConnInfo)
 .GotFirstResponseByte func()
 .PutIdleConn func(error)
 .TLSHandshakeDone func(crypto/tls.ConnectionState, error)
 .TLSHandshakeStart func()
 .Wait100Continue func()
 .WroteHeaderField func(string, []string)
 .WroteHeaders func()
 .WroteRequest func(WroteRequestInfo)
F ContextClientTrace func(context.Context) *ClientTrace
T DNSDoneInfo struct
 .Addrs []net.IPAddr
 .Coalesced bool
 .Err error
T DNSStartInfo struct
 .Host string
T GotConnInfo struct
 .Conn net.Conn
 .IdleTime time.Duration
 .Reused bool
 .WasIdle bool
F WithClientTrace func(context.Context, *ClientTrace) context.Context
T WroteRequestInfo struct
 .Err error`,
  "net/http/httputil": `T BufferPool interface
 Get func() []byte
 Put func([]byte)
T ClientConn struct
 Close func() error
 Do func(*net/http.Request) (*net/http.Response, error)
 Hijack func() (net.Conn, *bufio.Reader)
 Pending func() int
 Read func(*net/http.Request) (*net/http.Response, error)
 Write func(*net/http.Request) error
F DumpRequest func(*net/http.Request, bool) ([]byte, error)
F DumpRequestOut func(*net/http.Request, bool) ([]byte, error)
F DumpResponse func(*net/http.Response, bool) ([]byte, error)
V ErrClosed *net/http.ProtocolError
V ErrLineTooLong error
V ErrPersistEOF *net/http.ProtocolError
V ErrPipeline *net/http.ProtocolError
F NewChunkedReader func(io.Reader) io.Reader
F NewChunkedWriter func(io.Writer) io.WriteCloser
F NewClientConn func(net.Conn, *bufio.Reader) *ClientConn
F NewProxyClientConn func(net.Conn, *bufio.Reader) *ClientConn
F NewServerConn func(net.Conn, *bufio.Reader) *ServerConn
F NewSingleHostReverseProxy func(*net/url.URL) *ReverseProxy
T ProxyRequest struct
 .In *net/http.Request
 .Out *net/http.Request
 SetURL func(*net/url.URL)
 SetXForwarded func()
T ReverseProxy struct
 .BufferPool BufferPool
 .Director func(*net/http.Request)
 .ErrorHandler func(net/http.ResponseWriter, *net/http.Request, error)
 .ErrorLog *log.Logger
 .FlushInterval time.Duration
 .ModifyResponse func(*net/http.Response) error
 .Rewrite func(*ProxyRequest)
 .Transport net/http.RoundTripper
 ServeHTTP func(net/http.ResponseWriter, *net/http.Request)
T ServerConn struct
 Close func() error
 Hijack func() (net.Conn, *bufio.Reader)
 Pending func() int
 Read func() (*net/http.Request, error)
 Write func(*net/http.Request, *net/http.Response) error`,
  "net/mail": `T Address struct
 .Address string
 .Name string
 String func() string
T AddressParser struct
 .WordDecoder *mime.WordDecoder
 Parse func(string) (*Address, error)
 ParseList func(string) ([]*Address, error)
V ErrHeaderNotPresent error
T Header map[string][]string
 AddressList func(string) ([]*Address, error)
 Date func() (time.Time, error)
 Get func(string) string
T Message struct
 .Body io.Reader
 .Header Header
F ParseAddress func(string) (*Address, error)
F ParseAddressList func(string) ([]*Address, error)
F ParseDate func(string) (time.Time, error)
F ReadMessage func(io.Reader) (*Message, error)`,
  "net/netip": `T Addr struct
 AppendBinary func([]byte) ([]byte, error)
 AppendText func([]byte) ([]byte, error)
 AppendTo func([]byte) []byte
 As16 func() [16]byte
 As4 func() [4]byte
 AsSlice func() []byte
 BitLen func() int
 Compare func(Addr) int
 Is4 func() bool
 Is4In6 func() bool
 Is6 func() bool
 IsGlobalUnicast func() bool
 IsInterfaceLocalMulticast func() bool
 IsLinkLocalMulticast func() bool
 IsLinkLocalUnicast func() bool
 IsLoopback func() bool
 IsMulticast func() bool
 IsPrivate func() bool
 IsUnspecified func() bool
 IsValid func() bool
 Less func(Addr) bool
 MarshalBinary func() ([]byte, error)
 MarshalText func() ([]byte, error)
 Next func() Addr
 Prefix func(int) (Prefix, error)
 Prev func() Addr
 String func() string
 StringExpanded func() string
 Unmap func() Addr
 UnmarshalBinary func([]byte) error
 UnmarshalText func([]byte) error
 WithZone func(string) Addr
 Zone func() string
F AddrFrom16 func([16]byte) Addr
F AddrFrom4 func([4]byte) Addr
F AddrFromSlice func([]byte) (Addr, bool)
T AddrPort struct
 Addr func() Addr
 AppendBinary func([]byte) ([]byte, error)
 AppendText func([]byte) ([]byte, error)
 AppendTo func([]byte) []byte
 Compare func(AddrPort) int
 IsValid func() bool
 MarshalBinary func() ([]byte, error)
 MarshalText func() ([]byte, error)
 Port func() uint16
 String func() string
 UnmarshalBinary func([]byte) error
 UnmarshalText func([]byte) error
F AddrPortFrom func(Addr, uint16) AddrPort
F IPv4Unspecified func() Addr
F IPv6LinkLocalAllNodes func() Addr
F IPv6LinkLocalAllRouters func() Addr
F IPv6Loopback func() Addr
F IPv6Unspecified func() Addr
F MustParseAddr func(string) Addr
F MustParseAddrPort func(string) AddrPort
F MustParsePrefix func(string) Prefix
F ParseAddr func(string) (Addr, error)
F ParseAddrPort func(string) (AddrPort, error)
F ParsePrefix func(string) (Prefix, error)
T Prefix struct
 Addr func() Addr
 AppendBinary func([]byte) ([]byte, error)
 AppendText func([]byte) ([]byte, error)
 AppendTo func([]byte) []byte
 Bits func() int
 Compare func(Prefix) int
 Contains func(Addr) bool
 IsSingleIP func() bool
 IsValid func() bool
 MarshalBinary func() ([]byte, error)
 MarshalText func() ([]byte, error)
 Masked func() Prefix
 Overlaps func(Prefix) bool
 String func() string
 UnmarshalBinary func([]byte) error
 UnmarshalText func([]byte) error
F PrefixFrom func(Addr, int) Prefix`,
  "net/rpc": `F Accept func(net.Listener)
T Call struct
 .Args any
 .Done chan *Call
 .Error error
 .Reply any
 .ServiceMethod string
T Client struct
 Call func(string, any, any) error
 Close func() error
 Go func(string, any, any, chan *Call) *Call
T ClientCodec interface
 Close func() error
 ReadResponseBody func(any) error
 ReadResponseHeader func(*Response) error
 WriteRequest func(*Request, any) error
V DefaultServer *Server
F Dial func(string, string) (*Client, error)
F DialHTTP func(string, string) (*Client, error)
F DialHTTPPath func(string, string, string) (*Client, error)
V ErrShutdown error
F HandleHTTP func()
F NewClient func(io.ReadWriteCloser) *Client
F NewClientWithCodec func(ClientCodec) *Client
F NewServer func() *Server
F Register func(any) error
F RegisterName func(string, any) error
T Request struct
 .Seq uint64
 .ServiceMethod string
T Response struct
 .Error string
 .Seq uint64
 .ServiceMethod string
F ServeCodec func(ServerCodec)
F ServeConn func(io.ReadWriteCloser)
F ServeRequest func(ServerCodec) error
T Server struct
 Accept func(net.Listener)
 HandleHTTP func(string, string)
 Register func(any) error
 RegisterName func(string, any) error
 ServeCodec func(ServerCodec)
 ServeConn func(io.ReadWriteCloser)
 ServeHTTP func(net/http.ResponseWriter, *net/http.Request)
 ServeRequest func(ServerCodec) error
T ServerCodec interface
 Close func() error
 ReadRequestBody func(any) error
 ReadRequestHeader func(*Request) error
 WriteResponse func(*Response, any) error
T ServerError string
 Error func() string
C untyped string: DefaultDebugPath DefaultRPCPath`,
  "net/smtp": `T Auth interface
 Next func([]byte, bool) ([]byte, error)
 Start func(*ServerInfo) (string, []byte, error)
F CRAMMD5Auth func(string, string) Auth
T Client struct
 .Text *net/textproto.Conn
 Auth func(Auth) error
 Close func() error
 Data func() (io.WriteCloser, error)
 Extension func(string) (bool, string)
 Hello func(string) error
 Mail func(string) error
 Noop func() error
 Quit func() error
 Rcpt func(string) error
 Reset func() error
 StartTLS func(*crypto/tls.Config) error
 TLSConnectionState func() (crypto/tls.ConnectionState, bool)
 Verify func(string) error
F Dial func(string) (*Client, error)
F NewClient func(net.Conn, string) (*Client, error)
F PlainAuth func(string, string, string, string) Auth
F SendMail func(string, Auth, string, []string, []byte) error
T ServerInfo struct
 .Auth []string
 .Name string
 .TLS bool`,
  "net/textproto": `F CanonicalMIMEHeaderKey func(string) string
T Conn struct
 .Pipeline Pipeline
 .R *bufio.Reader
 .Reader Reader
 .W *bufio.Writer
 .Writer Writer
 Close func() error
 Cmd func(string, ...any) (uint, error)
 DotReader func() io.Reader
 DotWriter func() io.WriteCloser
 EndRequest func(uint)
 EndResponse func(uint)
 Next func() uint
 PrintfLine func(string, ...any) error
 ReadCodeLine func(int) (int, string, error)
 ReadContinuedLine func() (string, error)
 ReadContinuedLineBytes func() ([]byte, error)
 ReadDotBytes func() ([]byte, error)
 ReadDotLines func() ([]string, error)
 ReadLine func() (string, error)
 ReadLineBytes func() ([]byte, error)
 ReadMIMEHeader func() (MIMEHeader, error)
 ReadResponse func(int) (int, string, error)
 StartRequest func(uint)
 StartResponse func(uint)
F Dial func(string, string) (*Conn, error)
T Error struct
 .Code int
 .Msg string
 Error func() string
T MIMEHeader map[string][]string
 Add func(string, string)
 Del func(string)
 Get func(string) string
 Set func(string, string)
 Values func(string) []string
F NewConn func(io.ReadWriteCloser) *Conn
F NewReader func(*bufio.Reader) *Reader
F NewWriter func(*bufio.Writer) *Writer
T Pipeline struct
 EndRequest func(uint)
 EndResponse func(uint)
 Next func() uint
 StartRequest func(uint)
 StartResponse func(uint)
T ProtocolError string
 Error func() string
T Reader struct
 .R *bufio.Reader
 DotReader func() io.Reader
 ReadCodeLine func(int) (int, string, error)
 ReadContinuedLine func() (string, error)
 ReadContinuedLineBytes func() ([]byte, error)
 ReadDotBytes func() ([]byte, error)
 ReadDotLines func() ([]string, error)
 ReadLine func() (string, error)
 ReadLineBytes func() ([]byte, error)
 ReadMIMEHeader func() (MIMEHeader, error)
 ReadResponse func(int) (int, string, error)
F TrimBytes func([]byte) []byte
F TrimString func(string) string
T Writer struct
 .W *bufio.Writer
 DotWriter func() io.WriteCloser
 PrintfLine func(string, ...any) error`,
  "net/url": `T Error struct
 .Err error
 .Op string
 .URL string
 Error func() string
 Temporary func() bool
 Timeout func() bool
 Unwrap func() error
T EscapeError string
 Error func() string
T InvalidHostError string
 Error func() string
F JoinPath func(string, ...string) (string, error)
F Parse func(string) (*URL, error)
F ParseQuery func(string) (Values, error)
F ParseRequestURI func(string) (*URL, error)
F PathEscape func(string) string
F PathUnescape func(string) (string, error)
F QueryEscape func(string) string
F QueryUnescape func(string) (string, error)
T URL struct
 .ForceQuery bool
 .Fragment string
 .Host string
 .OmitHost bool
 .Opaque string
 .Path string
 .RawFragment string
 .RawPath string
 .RawQuery string
 .Scheme string
 .User *Userinfo
 AppendBinary func([]byte) ([]byte, error)
 EscapedFragment func() string
 EscapedPath func() string
 Hostname func() string
 IsAbs func() bool
 JoinPath func(...string) *URL
 MarshalBinary func() ([]byte, error)
 Parse func(string) (*URL, error)
 Port func() string
 Query func() Values
 Redacted func() string
 RequestURI func() string
 ResolveReference func(*URL) *URL
 String func() string
 UnmarshalBinary func([]byte) error
F User func(string) *Userinfo
F UserPassword func(string, string) *Userinfo
T Userinfo struct
 Password func() (string, bool)
 String func() string
 Username func() string
T Values map[string][]string
 Add func(string, string)
 Del func(string)
 Encode func() string
 Get func(string) string
 Has func(string) bool
 Set func(string, string)`,
  os: `V Args []string
F Chdir func(string) error
F Chmod func(string, io/fs.FileMode) error
F Chown func(string, int, int) error
F Chtimes func(string, time.Time, time.Time) error
F Clearenv func()
F CopyFS func(string, io/fs.FS) error
F Create func(string) (*File, error)
F CreateTemp func(string, string) (*File, error)
A DirEntry io/fs.DirEntry
F DirFS func(string) io/fs.FS
F Environ func() []string
V ErrClosed error
V ErrDeadlineExceeded error
V ErrExist error
V ErrInvalid error
V ErrNoDeadline error
V ErrNoHandle error
V ErrNotExist error
V ErrPermission error
V ErrProcessDone error
F Executable func() (string, error)
F Exit func(int)
F Expand func(string, func(string) string) string
F ExpandEnv func(string) string
T File struct
 Chdir func() error
 Chmod func(io/fs.FileMode) error
 Chown func(int, int) error
 Close func() error
 Fd func() uintptr
 Name func() string
 Read func([]byte) (int, error)
 ReadAt func([]byte, int64) (int, error)
 ReadDir func(int) ([]io/fs.DirEntry, error)
 ReadFrom func(io.Reader) (int64, error)
 Readdir func(int) ([]io/fs.FileInfo, error)
 Readdirnames func(int) ([]string, error)
 Seek func(int64, int) (int64, error)
 SetDeadline func(time.Time) error
 SetReadDeadline func(time.Time) error
 SetWriteDeadline func(time.Time) error
 Stat func() (io/fs.FileInfo, error)
 Sync func() error
 SyscallConn func() (syscall.RawConn, error)
 Truncate func(int64) error
 Write func([]byte) (int, error)
 WriteAt func([]byte, int64) (int, error)
 WriteString func(string) (int, error)
 WriteTo func(io.Writer) (int64, error)
A FileInfo io/fs.FileInfo
A FileMode io/fs.FileMode
F FindProcess func(int) (*Process, error)
F Getegid func() int
F Getenv func(string) string
F Geteuid func() int
F Getgid func() int
F Getgroups func() ([]int, error)
F Getpagesize func() int
F Getpid func() int
F Getppid func() int
F Getuid func() int
F Getwd func() (string, error)
F Hostname func() (string, error)
V Interrupt Signal
F IsExist func(error) bool
F IsNotExist func(error) bool
F IsPathSeparator func(uint8) bool
F IsPermission func(error) bool
F IsTimeout func(error) bool
V Kill Signal
F Lchown func(string, int, int) error
F Link func(string, string) error
T LinkError struct
 .Err error
 .New string
 .Old string
 .Op string
 Error func() string
 Unwrap func() error
F LookupEnv func(string) (string, bool)
F Lstat func(string) (io/fs.FileInfo, error)
F Mkdir func(string, io/fs.FileMode) error
F MkdirAll func(string, io/fs.FileMode) error
F MkdirTemp func(string, string) (string, error)
F NewFile func(uintptr, string) *File
F NewSyscallError func(string, error) error
F Open func(string) (*File, error)
F OpenFile func(string, int, io/fs.FileMode) (*File, error)
F OpenInRoot func(string, string) (*File, error)
F OpenRoot func(string) (*Root, error)
A PathError io/fs.PathError
F Pipe func() (*File, *File, error)
T ProcAttr struct
 .Dir string
 .Env []string
 .Files []*File
 .Sys *syscall.SysProcAttr
T Process struct
 .Pid int
 Kill func() error
 Release func() error
 Signal func(Signal) error
 Wait func() (*ProcessState, error)
 WithHandle func(func(uintptr)) error
T ProcessState struct
 ExitCode func() int
 Exited func() bool
 Pid func() int
 String func() string
 Success func() bool
 Sys func() any
 SysUsage func() any
 SystemTime func() time.Duration
 UserTime func() time.Duration
F ReadDir func(string) ([]io/fs.DirEntry, error)
F ReadFile func(string) ([]byte, error)
F Readlink func(string) (string, error)
F Remove func(string) error
F RemoveAll func(string) error
F Rename func(string, string) error
T Root struct
 Chmod func(string, io/fs.FileMode) error
 Chown func(string, int, int) error
 Chtimes func(string, time.Time, time.Time) error
 Close func() error
 Create func(string) (*File, error)
 FS func() io/fs.FS
 Lchown func(string, int, int) error
 Link func(string, string) error
 Lstat func(string) (io/fs.FileInfo, error)
 Mkdir func(string, io/fs.FileMode) error
 MkdirAll func(string, io/fs.FileMode) error
 Name func() string
 Open func(string) (*File, error)
 OpenFile func(string, int, io/fs.FileMode) (*File, error)
 OpenRoot func(string) (*Root, error)
 ReadFile func(string) ([]byte, error)
 Readlink func(string) (string, error)
 Remove func(string) error
 RemoveAll func(string) error
 Rename func(string, string) error
 Stat func(string) (io/fs.FileInfo, error)
 Symlink func(string, string) error
 WriteFile func(string, []byte, io/fs.FileMode) error
F SameFile func(io/fs.FileInfo, io/fs.FileInfo) bool
F Setenv func(string, string) error
T Signal interface
 Signal func()
 String func() string
F StartProcess func(string, []string, *ProcAttr) (*Process, error)
F Stat func(string) (io/fs.FileInfo, error)
V Stderr *File
V Stdin *File
V Stdout *File
F Symlink func(string, string) error
T SyscallError struct
 .Err error
 .Syscall string
 Error func() string
 Timeout func() bool
 Unwrap func() error
F TempDir func() string
F Truncate func(string, int64) error
F Unsetenv func(string) error
F UserCacheDir func() (string, error)
F UserConfigDir func() (string, error)
F UserHomeDir func() (string, error)
F WriteFile func(string, []byte, io/fs.FileMode) error
C int: O_APPEND O_CREATE O_EXCL O_RDONLY O_RDWR O_SYNC O_TRUNC O_WRONLY SEEK_CUR SEEK_END SEEK_SET
C io/fs.FileMode: ModeAppend ModeCharDevice ModeDevice ModeDir ModeExclusive ModeIrregular ModeNamedPipe ModePerm ModeSetgid ModeSetuid ModeSocket ModeSticky ModeSymlink ModeTemporary ModeType
C untyped rune: PathListSeparator PathSeparator
C untyped string: DevNull`,
  "os/exec": `T Cmd struct
 .Args []string
 .Cancel func() error
 .Dir string
 .Env []string
 .Err error
 .ExtraFiles []*os.File
 .Path string
 .Process *os.Process
 .ProcessState *os.ProcessState
 .Stderr io.Writer
 .Stdin io.Reader
 .Stdout io.Writer
 .SysProcAttr *syscall.SysProcAttr
 .WaitDelay time.Duration
 CombinedOutput func() ([]byte, error)
 Environ func() []string
 Output func() ([]byte, error)
 Run func() error
 Start func() error
 StderrPipe func() (io.ReadCloser, error)
 StdinPipe func() (io.WriteCloser, error)
 StdoutPipe func() (io.ReadCloser, error)
 String func() string
 Wait func() error
F Command func(string, ...string) *Cmd
F CommandContext func(context.Context, string, ...string) *Cmd
V ErrDot error
V ErrNotFound error
V ErrWaitDelay error
T Error struct
 .Err error
 .Name string
 Error func() string
 Unwrap func() error
T ExitError struct
 .ProcessState *os.ProcessState
 .Stderr []byte
 Error func() string
 ExitCode func() int
 Exited func() bool
 Pid func() int
 String func() string
 Success func() bool
 Sys func() any
 SysUsage func() any
 SystemTime func() time.Duration
 UserTime func() time.Duration
F LookPath func(string) (string, error)`,
  "os/signal": `F Ignore func(...os.Signal)
F Ignored func(os.Signal) bool
F Notify func(chan<- os.Signal, ...os.Signal)
F NotifyContext func(context.Context, ...os.Signal) (context.Context, context.CancelFunc)
F Reset func(...os.Signal)
F Stop func(chan<- os.Signal)`,
  "os/user": `F Current func() (*User, error)
T Group struct
 .Gid string
 .Name string
F Lookup func(string) (*User, error)
F LookupGroup func(string) (*Group, error)
F LookupGroupId func(string) (*Group, error)
F LookupId func(string) (*User, error)
T UnknownGroupError string
 Error func() string
T UnknownGroupIdError string
 Error func() string
T UnknownUserError string
 Error func() string
T UnknownUserIdError int
 Error func() string
T User struct
 .Gid string
 .HomeDir string
 .Name string
 .Uid string
 .Username string
 GroupIds func() ([]string, error)`,
  path: `F Base func(string) string
F Clean func(string) string
F Dir func(string) string
V ErrBadPattern error
F Ext func(string) string
F IsAbs func(string) bool
F Join func(...string) string
F Match func(string, string) (bool, error)
F Split func(string) (string, string)`,
  "path/filepath": `F Abs func(string) (string, error)
F Base func(string) string
F Clean func(string) string
F Dir func(string) string
V ErrBadPattern error
F EvalSymlinks func(string) (string, error)
F Ext func(string) string
F FromSlash func(string) string
F Glob func(string) ([]string, error)
F HasPrefix func(string, string) bool
F IsAbs func(string) bool
F IsLocal func(string) bool
F Join func(...string) string
F Localize func(string) (string, error)
F Match func(string, string) (bool, error)
F Rel func(string, string) (string, error)
V SkipAll error
V SkipDir error
F Split func(string) (string, string)
F SplitList func(string) []string
F ToSlash func(string) string
F VolumeName func(string) string
F Walk func(string, WalkFunc) error
F WalkDir func(string, io/fs.WalkDirFunc) error
T WalkFunc func(string, io/fs.FileInfo, error) error
C untyped rune: ListSeparator Separator`,
  reflect: `F Append func(Value, ...Value) Value
F AppendSlice func(Value, Value) Value
F ArrayOf func(int, Type) Type
T ChanDir int
 String func() string
F ChanOf func(ChanDir, Type) Type
F Copy func(Value, Value) int
F DeepEqual func(any, any) bool
F FuncOf func([]Type, []Type, bool) Type
F Indirect func(Value) Value
T Kind uint
 String func() string
F MakeChan func(Type, int) Value
F MakeFunc func(Type, func([]Value) []Value) Value
F MakeMap func(Type) Value
F MakeMapWithSize func(Type, int) Value
F MakeSlice func(Type, int, int) Value
T MapIter struct
 Key func() Value
 Next func() bool
 Reset func(Value)
 Value func() Value
F MapOf func(Type, Type) Type
T Method struct
 .Func Value
 .Index int
 .Name string
 .PkgPath string
 .Type Type
 IsExported func() bool
F New func(Type) Value
F NewAt func(Type, unsafe.Pointer) Value
F PointerTo func(Type) Type
F PtrTo func(Type) Type
F Select func([]SelectCase) (int, Value, bool)
T SelectCase struct
 .Chan Value
 .Dir SelectDir
 .Send Value
T SelectDir int
F SliceAt func(Type, unsafe.Pointer, int) Value
T SliceHeader struct
 .Cap int
 .Data uintptr
 .Len int
F SliceOf func(Type) Type
T StringHeader struct
 .Data uintptr
 .Len int
T StructField struct
 .Anonymous bool
 .Index []int
 .Name string
 .Offset uintptr
 .PkgPath string
 .Tag StructTag
 .Type Type
 IsExported func() bool
F StructOf func([]StructField) Type
T StructTag string
 Get func(string) string
 Lookup func(string) (string, bool)
F Swapper func(any) func(int, int)
T Type interface
 Align func() int
 AssignableTo func(Type) bool
 Bits func() int
 CanSeq func() bool
 CanSeq2 func() bool
 ChanDir func() ChanDir
 Comparable func() bool
 ConvertibleTo func(Type) bool
 Elem func() Type
 Field func(int) StructField
 FieldAlign func() int
 FieldByIndex func([]int) StructField
 FieldByName func(string) (StructField, bool)
 FieldByNameFunc func(func(string) bool) (StructField, bool)
 Fields func() iter.Seq[StructField]
 Implements func(Type) bool
 In func(int) Type
 Ins func() iter.Seq[Type]
 IsVariadic func() bool
 Key func() Type
 Kind func() Kind
 Len func() int
 Method func(int) Method
 MethodByName func(string) (Method, bool)
 Methods func() iter.Seq[Method]
 Name func() string
 NumField func() int
 NumIn func() int
 NumMethod func() int
 NumOut func() int
 Out func(int) Type
 Outs func() iter.Seq[Type]
 OverflowComplex func(complex128) bool
 OverflowFloat func(float64) bool
 OverflowInt func(int64) bool
 OverflowUint func(uint64) bool
 PkgPath func() string
 Size func() uintptr
 String func() string
F TypeAssert[T] func(Value) (T, bool)
F TypeFor[T] func() Type
F TypeOf func(any) Type
T Value struct
 Addr func() Value
 Bool func() bool
 Bytes func() []byte
 Call func([]Value) []Value
 CallSlice func([]Value) []Value
 CanAddr func() bool
 CanComplex func() bool
 CanConvert func(Type) bool
 CanFloat func() bool
 CanInt func() bool
 CanInterface func() bool
 CanSet func() bool
 CanUint func() bool
 Cap func() int
 Clear func()
 Close func()
 Comparable func() bool
 Complex func() complex128
 Convert func(Type) Value
 Elem func() Value
 Equal func(Value) bool
 Field func(int) Value
 FieldByIndex func([]int) Value
 FieldByIndexErr func([]int) (Value, error)
 FieldByName func(string) Value
 FieldByNameFunc func(func(string) bool) Value
 Fields func() iter.Seq2[StructField, Value]
 Float func() float64
 Grow func(int)
 Index func(int) Value
 Int func() int64
 Interface func() any
 InterfaceData func() [2]uintptr
 IsNil func() bool
 IsValid func() bool
 IsZero func() bool
 Kind func() Kind
 Len func() int
 MapIndex func(Value) Value
 MapKeys func() []Value
 MapRange func() *MapIter
 Method func(int) Value
 MethodByName func(string) Value
 Methods func() iter.Seq2[Method, Value]
 NumField func() int
 NumMethod func() int
 OverflowComplex func(complex128) bool
 OverflowFloat func(float64) bool
 OverflowInt func(int64) bool
 OverflowUint func(uint64) bool
 Pointer func() uintptr
 Recv func() (Value, bool)
 Send func(Value)
 Seq func() iter.Seq[Value]
 Seq2 func() iter.Seq2[Value, Value]
 Set func(Value)
 SetBool func(bool)
 SetBytes func([]byte)
 SetCap func(int)
 SetComplex func(complex128)
 SetFloat func(float64)
 SetInt func(int64)
 SetIterKey func(*MapIter)
 SetIterValue func(*MapIter)
 SetLen func(int)
 SetMapIndex func(Value, Value)
 SetPointer func(unsafe.Pointer)
 SetString func(string)
 SetUint func(uint64)
 SetZero func()
 Slice func(int, int) Value
 Slice3 func(int, int, int) Value
 String func() string
 TryRecv func() (Value, bool)
 TrySend func(Value) bool
 Type func() Type
 Uint func() uint64
 UnsafeAddr func() uintptr
 UnsafePointer func() unsafe.Pointer
T ValueError struct
 .Kind Kind
 .Method string
 Error func() string
F ValueOf func(any) Value
F VisibleFields func(Type) []StructField
F Zero func(Type) Value
C ChanDir: BothDir RecvDir SendDir
C Kind: Array Bool Chan Complex128 Complex64 Float32 Float64 Func Int Int16 Int32 Int64 Int8 Interface Invalid Map Pointer Ptr Slice String Struct Uint Uint16 Uint32 Uint64 Uint8 Uintptr UnsafePointer
C SelectDir: SelectDefault SelectRecv SelectSend`,
  regexp: `F Compile func(string) (*Regexp, error)
F CompilePOSIX func(string) (*Regexp, error)
F Match func(string, []byte) (bool, error)
F MatchReader func(string, io.RuneReader) (bool, error)
F MatchString func(string, string) (bool, error)
F MustCompile func(string) *Regexp
F MustCompilePOSIX func(string) *Regexp
F QuoteMeta func(string) string
T Regexp struct
 AppendText func([]byte) ([]byte, error)
 Copy func() *Regexp
 Expand func([]byte, []byte, []byte, []int) []byte
 ExpandString func([]byte, string, string, []int) []byte
 Find func([]byte) []byte
 FindAll func([]byte, int) [][]byte
 FindAllIndex func([]byte, int) [][]int
 FindAllString func(string, int) []string
 FindAllStringIndex func(string, int) [][]int
 FindAllStringSubmatch func(string, int) [][]string
 FindAllStringSubmatchIndex func(string, int) [][]int
 FindAllSubmatch func([]byte, int) [][][]byte
 FindAllSubmatchIndex func([]byte, int) [][]int
 FindIndex func([]byte) []int
 FindReaderIndex func(io.RuneReader) []int
 FindReaderSubmatchIndex func(io.RuneReader) []int
 FindString func(string) string
 FindStringIndex func(string) []int
 FindStringSubmatch func(string) []string
 FindStringSubmatchIndex func(string) []int
 FindSubmatch func([]byte) [][]byte
 FindSubmatchIndex func([]byte) []int
 LiteralPrefix func() (string, bool)
 Longest func()
 MarshalText func() ([]byte, error)
 Match func([]byte) bool
 MatchReader func(io.RuneReader) bool
 MatchString func(string) bool
 NumSubexp func() int
 ReplaceAll func([]byte, []byte) []byte
 ReplaceAllFunc func([]byte, func([]byte) []byte) []byte
 ReplaceAllLiteral func([]byte, []byte) []byte
 ReplaceAllLiteralString func(string, string) string
 ReplaceAllString func(string, string) string
 ReplaceAllStringFunc func(string, func(string) string) string
 Split func(string, int) []string
 String func() string
 SubexpIndex func(string) int
 SubexpNames func() []string
 UnmarshalText func([]byte) error`,
  runtime: `F AddCleanup[T; S] func(*T, func(S), S) Cleanup
F BlockProfile func([]BlockProfileRecord) (int, bool)
T BlockProfileRecord struct
 .Count int64
 .Cycles int64
 .Stack0 [32]uintptr
 .StackRecord StackRecord
 Stack func() []uintptr
F Breakpoint func()
F CPUProfile func() []byte
F Caller func(int) (uintptr, string, int, bool)
F Callers func(int, []uintptr) int
F CallersFrames func([]uintptr) *Frames
T Cleanup struct
 Stop func()
T Error interface
 Error func() string
 RuntimeError func()
T Frame struct
 .Entry uintptr
 .File string
 .Func *Func
 .Function string
 .Line int
 .PC uintptr
T Frames struct
 Next func() (Frame, bool)
T Func struct
 Entry func() uintptr
 FileLine func(uintptr) (string, int)
 Name func() string
F FuncForPC func(uintptr) *Func
F GC func()
F GOMAXPROCS func(int) int
F GOROOT func() string
F Goexit func()
F GoroutineProfile func([]StackRecord) (int, bool)
F Gosched func()
F KeepAlive func(any)
F LockOSThread func()
F MemProfile func([]MemProfileRecord, bool) (int, bool)
V MemProfileRate int
T MemProfileRecord struct
 .AllocBytes int64
 .AllocObjects int64
 .FreeBytes int64
 .FreeObjects int64
 .Stack0 [32]uintptr
 InUseBytes func() int64
 InUseObjects func() int64
 Stack func() []uintptr
T MemStats struct
 .Alloc uint64
 .BuckHashSys uint64
 .BySize [61]struct{Size uint32; Mallocs uint64; Frees uint64}
 .DebugGC bool
 .EnableGC bool
 .Frees uint64
 .GCCPUFraction float64
 .GCSys uint64
 .HeapAlloc uint64
 .HeapIdle uint64
 .HeapInuse uint64
 .HeapObjects uint64
 .HeapReleased uint64
 .HeapSys uint64
 .LastGC uint64
 .Lookups uint64
 .MCacheInuse uint64
 .MCacheSys uint64
 .MSpanInuse uint64
 .MSpanSys uint64
 .Mallocs uint64
 .NextGC uint64
 .NumForcedGC uint32
 .NumGC uint32
 .OtherSys uint64
 .PauseEnd [256]uint64
 .PauseNs [256]uint64
 .PauseTotalNs uint64
 .StackInuse uint64
 .StackSys uint64
 .Sys uint64
 .TotalAlloc uint64
F MutexProfile func([]BlockProfileRecord) (int, bool)
F NumCPU func() int
F NumCgoCall func() int64
F NumGoroutine func() int
T PanicNilError struct
 Error func() string
 RuntimeError func()
T Pinner struct
 Pin func(any)
 Unpin func()
F ReadMemStats func(*MemStats)
F ReadTrace func() []byte
F SetBlockProfileRate func(int)
F SetCPUProfileRate func(int)
F SetCgoTraceback func(int, unsafe.Pointer, unsafe.Pointer, unsafe.Pointer)
F SetDefaultGOMAXPROCS func()
F SetFinalizer func(any, any)
F SetMutexProfileFraction func(int) int
F Stack func([]byte, bool) int
T StackRecord struct
 .Stack0 [32]uintptr
 Stack func() []uintptr
F StartTrace func() error
F StopTrace func()
F ThreadCreateProfile func([]StackRecord) (int, bool)
T TypeAssertionError struct
 Error func() string
 RuntimeError func()
F UnlockOSThread func()
F Version func() string
C string: GOARCH GOOS
C untyped string: Compiler`,
  "runtime/debug": `T BuildInfo struct
 .Deps []*Module
 .GoVersion string
 .Main Module
 .Path string
 .Settings []BuildSetting
 String func() string
T BuildSetting struct
 .Key string
 .Value string
T CrashOptions struct
F FreeOSMemory func()
T GCStats struct
 .LastGC time.Time
 .NumGC int64
 .Pause []time.Duration
 .PauseEnd []time.Time
 .PauseQuantiles []time.Duration
 .PauseTotal time.Duration
T Module struct
 .Path string
 .Replace *Module
 .Sum string
 .Version string
F ParseBuildInfo func(string) (*BuildInfo, error)
F PrintStack func()
F ReadBuildInfo func() (*BuildInfo, bool)
F ReadGCStats func(*GCStats)
F SetCrashOutput func(*os.File, CrashOptions) error
F SetGCPercent func(int) int
F SetMaxStack func(int) int
F SetMaxThreads func(int) int
F SetMemoryLimit func(int64) int64
F SetPanicOnFault func(bool) bool
F SetTraceback func(string)
F Stack func() []byte
F WriteHeapDump func(uintptr)`,
  "runtime/pprof": `F Do func(context.Context, LabelSet, func(context.Context))
F ForLabels func(context.Context, func(string, string) bool)
F Label func(context.Context, string) (string, bool)
T LabelSet struct
F Labels func(...string) LabelSet
F Lookup func(string) *Profile
F NewProfile func(string) *Profile
T Profile struct
 Add func(any, int)
 Count func() int
 Name func() string
 Remove func(any)
 WriteTo func(io.Writer, int) error
F Profiles func() []*Profile
F SetGoroutineLabels func(context.Context)
F StartCPUProfile func(io.Writer) error
F StopCPUProfile func()
F WithLabels func(context.Context, LabelSet) context.Context
F WriteHeapProfile func(io.Writer) error`,
  "runtime/trace": `T FlightRecorder struct
 Enabled func() bool
 Start func() error
 Stop func()
 WriteTo func(io.Writer) (int64, error)
T FlightRecorderConfig struct
 .MaxBytes uint64
 .MinAge time.Duration
F IsEnabled func() bool
F Log func(context.Context, string, string)
F Logf func(context.Context, string, string, ...any)
F NewFlightRecorder func(FlightRecorderConfig) *FlightRecorder
F NewTask func(context.Context, string) (context.Context, *Task)
T Region struct
 End func()
F Start func(io.Writer) error
F StartRegion func(context.Context, string) *Region
F Stop func()
T Task struct
 End func()
F WithRegion func(context.Context, string, func())`,
  slices: `F All[Slice []E; E] func(Slice) iter.Seq2[int, E]
F AppendSeq[Slice []E; E] func(Slice, iter.Seq[E]) Slice
F Backward[Slice []E; E] func(Slice) iter.Seq2[int, E]
F BinarySearch[S []E; E] func(S, E) (int, bool)
F BinarySearchFunc[S []E; E; T] func(S, T, func(E, T) int) (int, bool)
F Chunk[Slice []E; E] func(Slice, int) iter.Seq[Slice]
F Clip[S []E; E] func(S) S
F Clone[S []E; E] func(S) S
F Collect[E] func(iter.Seq[E]) []E
F Compact[S []E; E] func(S) S
F CompactFunc[S []E; E] func(S, func(E, E) bool) S
F Compare[S []E; E] func(S, S) int
F CompareFunc[S1 []E1; S2 []E2; E1; E2] func(S1, S2, func(E1, E2) int) int
F Concat[S []E; E] func(...S) S
F Contains[S []E; E] func(S, E) bool
F ContainsFunc[S []E; E] func(S, func(E) bool) bool
F Delete[S []E; E] func(S, int, int) S
F DeleteFunc[S []E; E] func(S, func(E) bool) S
F Equal[S []E; E] func(S, S) bool
F EqualFunc[S1 []E1; S2 []E2; E1; E2] func(S1, S2, func(E1, E2) bool) bool
F Grow[S []E; E] func(S, int) S
F Index[S []E; E] func(S, E) int
F IndexFunc[S []E; E] func(S, func(E) bool) int
F Insert[S []E; E] func(S, int, ...E) S
F IsSorted[S []E; E] func(S) bool
F IsSortedFunc[S []E; E] func(S, func(E, E) int) bool
F Max[S []E; E] func(S) E
F MaxFunc[S []E; E] func(S, func(E, E) int) E
F Min[S []E; E] func(S) E
F MinFunc[S []E; E] func(S, func(E, E) int) E
F Repeat[S []E; E] func(S, int) S
F Replace[S []E; E] func(S, int, int, ...E) S
F Reverse[S []E; E] func(S)
F Sort[S []E; E] func(S)
F SortFunc[S []E; E] func(S, func(E, E) int)
F SortStableFunc[S []E; E] func(S, func(E, E) int)
F Sorted[E] func(iter.Seq[E]) []E
F SortedFunc[E] func(iter.Seq[E], func(E, E) int) []E
F SortedStableFunc[E] func(iter.Seq[E], func(E, E) int) []E
F Values[Slice []E; E] func(Slice) iter.Seq[E]`,
  sort: `F Find func(int, func(int) int) (int, bool)
T Float64Slice []float64
 Len func() int
 Less func(int, int) bool
 Search func(float64) int
 Sort func()
 Swap func(int, int)
F Float64s func([]float64)
F Float64sAreSorted func([]float64) bool
T IntSlice []int
 Len func() int
 Less func(int, int) bool
 Search func(int) int
 Sort func()
 Swap func(int, int)
T Interface interface
 Len func() int
 Less func(int, int) bool
 Swap func(int, int)
F Ints func([]int)
F IntsAreSorted func([]int) bool
F IsSorted func(Interface) bool
F Reverse func(Interface) Interface
F Search func(int, func(int) bool) int
F SearchFloat64s func([]float64, float64) int
F SearchInts func([]int, int) int
F SearchStrings func([]string, string) int
F Slice func(any, func(int, int) bool)
F SliceIsSorted func(any, func(int, int) bool) bool
F SliceStable func(any, func(int, int) bool)
F Sort func(Interface)
F Stable func(Interface)
T StringSlice []string
 Len func() int
 Less func(int, int) bool
 Search func(string) int
 Sort func()
 Swap func(int, int)
F Strings func([]string)
F StringsAreSorted func([]string) bool`,
  strconv: `F AppendBool func([]byte, bool) []byte
F AppendFloat func([]byte, float64, byte, int, int) []byte
F AppendInt func([]byte, int64, int) []byte
F AppendQuote func([]byte, string) []byte
F AppendQuoteRune func([]byte, rune) []byte
F AppendQuoteRuneToASCII func([]byte, rune) []byte
F AppendQuoteRuneToGraphic func([]byte, rune) []byte
F AppendQuoteToASCII func([]byte, string) []byte
F AppendQuoteToGraphic func([]byte, string) []byte
F AppendUint func([]byte, uint64, int) []byte
F Atoi func(string) (int, error)
F CanBackquote func(string) bool
V ErrRange error
V ErrSyntax error
F FormatBool func(bool) string
F FormatComplex func(complex128, byte, int, int) string
F FormatFloat func(float64, byte, int, int) string
F FormatInt func(int64, int) string
F FormatUint func(uint64, int) string
F IsGraphic func(rune) bool
F IsPrint func(rune) bool
F Itoa func(int) string
T NumError struct
 .Err error
 .Func string
 .Num string
 Error func() string
 Unwrap func() error
F ParseBool func(string) (bool, error)
F ParseComplex func(string, int) (complex128, error)
F ParseFloat func(string, int) (float64, error)
F ParseInt func(string, int, int) (int64, error)
F ParseUint func(string, int, int) (uint64, error)
F Quote func(string) string
F QuoteRune func(rune) string
F QuoteRuneToASCII func(rune) string
F QuoteRuneToGraphic func(rune) string
F QuoteToASCII func(string) string
F QuoteToGraphic func(string) string
F QuotedPrefix func(string) (string, error)
F Unquote func(string) (string, error)
F UnquoteChar func(string, byte) (rune, bool, string, error)
C untyped int: IntSize`,
  strings: `T Builder struct
 Cap func() int
 Grow func(int)
 Len func() int
 Reset func()
 String func() string
 Write func([]byte) (int, error)
 WriteByte func(byte) error
 WriteRune func(rune) (int, error)
 WriteString func(string) (int, error)
F Clone func(string) string
F Compare func(string, string) int
F Contains func(string, string) bool
F ContainsAny func(string, string) bool
F ContainsFunc func(string, func(rune) bool) bool
F ContainsRune func(string, rune) bool
F Count func(string, string) int
F Cut func(string, string) (string, string, bool)
F CutPrefix func(string, string) (string, bool)
F CutSuffix func(string, string) (string, bool)
F EqualFold func(string, string) bool
F Fields func(string) []string
F FieldsFunc func(string, func(rune) bool) []string
F FieldsFuncSeq func(string, func(rune) bool) iter.Seq[string]
F FieldsSeq func(string) iter.Seq[string]
F HasPrefix func(string, string) bool
F HasSuffix func(string, string) bool
F Index func(string, string) int
F IndexAny func(string, string) int
F IndexByte func(string, byte) int
F IndexFunc func(string, func(rune) bool) int
F IndexRune func(string, rune) int
F Join func([]string, string) string
F LastIndex func(string, string) int
F LastIndexAny func(string, string) int
F LastIndexByte func(string, byte) int
F LastIndexFunc func(string, func(rune) bool) int
F Lines func(string) iter.Seq[string]
F Map func(func(rune) rune, string) string
F NewReader func(string) *Reader
F NewReplacer func(...string) *Replacer
T Reader struct
 Len func() int
 Read func([]byte) (int, error)
 ReadAt func([]byte, int64) (int, error)
 ReadByte func() (byte, error)
 ReadRune func() (rune, int, error)
 Reset func(string)
 Seek func(int64, int) (int64, error)
 Size func() int64
 UnreadByte func() error
 UnreadRune func() error
 WriteTo func(io.Writer) (int64, error)
F Repeat func(string, int) string
F Replace func(string, string, string, int) string
F ReplaceAll func(string, string, string) string
T Replacer struct
 Replace func(string) string
 WriteString func(io.Writer, string) (int, error)
F Split func(string, string) []string
F SplitAfter func(string, string) []string
F SplitAfterN func(string, string, int) []string
F SplitAfterSeq func(string, string) iter.Seq[string]
F SplitN func(string, string, int) []string
F SplitSeq func(string, string) iter.Seq[string]
F Title func(string) string
F ToLower func(string) string
F ToLowerSpecial func(unicode.SpecialCase, string) string
F ToTitle func(string) string
F ToTitleSpecial func(unicode.SpecialCase, string) string
F ToUpper func(string) string
F ToUpperSpecial func(unicode.SpecialCase, string) string
F ToValidUTF8 func(string, string) string
F Trim func(string, string) string
F TrimFunc func(string, func(rune) bool) string
F TrimLeft func(string, string) string
F TrimLeftFunc func(string, func(rune) bool) string
F TrimPrefix func(string, string) string
F TrimRight func(string, string) string
F TrimRightFunc func(string, func(rune) bool) string
F TrimSpace func(string) string
F TrimSuffix func(string, string) string`,
  sync: `T Cond struct
 .L Locker
 Broadcast func()
 Signal func()
 Wait func()
T Locker interface
 Lock func()
 Unlock func()
T Map struct
 Clear func()
 CompareAndDelete func(any, any) bool
 CompareAndSwap func(any, any, any) bool
 Delete func(any)
 Load func(any) (any, bool)
 LoadAndDelete func(any) (any, bool)
 LoadOrStore func(any, any) (any, bool)
 Range func(func(any, any) bool)
 Store func(any, any)
 Swap func(any, any) (any, bool)
T Mutex struct
 Lock func()
 TryLock func() bool
 Unlock func()
F NewCond func(Locker) *Cond
T Once struct
 Do func(func())
F OnceFunc func(func()) func()
F OnceValue[T] func(func() T) func() T
F OnceValues[T1; T2] func(func() (T1, T2)) func() (T1, T2)
T Pool struct
 .New func() any
 Get func() any
 Put func(any)
T RWMutex struct
 Lock func()
 RLock func()
 RLocker func() Locker
 RUnlock func()
 TryLock func() bool
 TryRLock func() bool
 Unlock func()
T WaitGroup struct
 Add func(int)
 Done func()
 Go func(func())
 Wait func()`,
  "sync/atomic": `F AddInt32 func(*int32, int32) int32
F AddInt64 func(*int64, int64) int64
F AddUint32 func(*uint32, uint32) uint32
F AddUint64 func(*uint64, uint64) uint64
F AddUintptr func(*uintptr, uintptr) uintptr
F AndInt32 func(*int32, int32) int32
F AndInt64 func(*int64, int64) int64
F AndUint32 func(*uint32, uint32) uint32
F AndUint64 func(*uint64, uint64) uint64
F AndUintptr func(*uintptr, uintptr) uintptr
T Bool struct
 CompareAndSwap func(bool, bool) bool
 Load func() bool
 Store func(bool)
 Swap func(bool) bool
F CompareAndSwapInt32 func(*int32, int32, int32) bool
F CompareAndSwapInt64 func(*int64, int64, int64) bool
F CompareAndSwapPointer func(*unsafe.Pointer, unsafe.Pointer, unsafe.Pointer) bool
F CompareAndSwapUint32 func(*uint32, uint32, uint32) bool
F CompareAndSwapUint64 func(*uint64, uint64, uint64) bool
F CompareAndSwapUintptr func(*uintptr, uintptr, uintptr) bool
T Int32 struct
 Add func(int32) int32
 And func(int32) int32
 CompareAndSwap func(int32, int32) bool
 Load func() int32
 Or func(int32) int32
 Store func(int32)
 Swap func(int32) int32
T Int64 struct
 Add func(int64) int64
 And func(int64) int64
 CompareAndSwap func(int64, int64) bool
 Load func() int64
 Or func(int64) int64
 Store func(int64)
 Swap func(int64) int64
F LoadInt32 func(*int32) int32
F LoadInt64 func(*int64) int64
F LoadPointer func(*unsafe.Pointer) unsafe.Pointer
F LoadUint32 func(*uint32) uint32
F LoadUint64 func(*uint64) uint64
F LoadUintptr func(*uintptr) uintptr
F OrInt32 func(*int32, int32) int32
F OrInt64 func(*int64, int64) int64
F OrUint32 func(*uint32, uint32) uint32
F OrUint64 func(*uint64, uint64) uint64
F OrUintptr func(*uintptr, uintptr) uintptr
T Pointer[T] struct
 CompareAndSwap func(*T, *T) bool
 Load func() *T
 Store func(*T)
 Swap func(*T) *T
F StoreInt32 func(*int32, int32)
F StoreInt64 func(*int64, int64)
F StorePointer func(*unsafe.Pointer, unsafe.Pointer)
F StoreUint32 func(*uint32, uint32)
F StoreUint64 func(*uint64, uint64)
F StoreUintptr func(*uintptr, uintptr)
F SwapInt32 func(*int32, int32) int32
F SwapInt64 func(*int64, int64) int64
F SwapPointer func(*unsafe.Pointer, unsafe.Pointer) unsafe.Pointer
F SwapUint32 func(*uint32, uint32) uint32
F SwapUint64 func(*uint64, uint64) uint64
F SwapUintptr func(*uintptr, uintptr) uintptr
T Uint32 struct
 Add func(uint32) uint32
 And func(uint32) uint32
 CompareAndSwap func(uint32, uint32) bool
 Load func() uint32
 Or func(uint32) uint32
 Store func(uint32)
 Swap func(uint32) uint32
T Uint64 struct
 Add func(uint64) uint64
 And func(uint64) uint64
 CompareAndSwap func(uint64, uint64) bool
 Load func() uint64
 Or func(uint64) uint64
 Store func(uint64)
 Swap func(uint64) uint64
T Uintptr struct
 Add func(uintptr) uintptr
 And func(uintptr) uintptr
 CompareAndSwap func(uintptr, uintptr) bool
 Load func() uintptr
 Or func(uintptr) uintptr
 Store func(uintptr)
 Swap func(uintptr) uintptr
T Value struct
 CompareAndSwap func(any, any) bool
 Load func() any
 Store func(any)
 Swap func(any) any`,
  testing: `F AllocsPerRun func(int, func()) float64
T B struct
 .N int
 ArtifactDir func() string
 Attr func(string, string)
 Chdir func(string)
 Cleanup func(func())
 Context func() context.Context
 Elapsed func() time.Duration
 Error func(...any)
 Errorf func(string, ...any)
 Fail func()
 FailNow func()
 Failed func() bool
 Fatal func(...any)
 Fatalf func(string, ...any)
 Helper func()
 Log func(...any)
 Logf func(string, ...any)
 Loop func() bool
 Name func() string
 Output func() io.Writer
 ReportAllocs func()
 ReportMetric func(float64, string)
 ResetTimer func()
 Run func(string, func(*B)) bool
 RunParallel func(func(*PB))
 SetBytes func(int64)
 SetParallelism func(int)
 Setenv func(string, string)
 Skip func(...any)
 SkipNow func()
 Skipf func(string, ...any)
 Skipped func() bool
 StartTimer func()
 StopTimer func()
 TempDir func() string
F Benchmark func(func(*B)) BenchmarkResult
T BenchmarkResult struct
 .Bytes int64
 .Extra map[string]float64
 .MemAllocs uint64
 .MemBytes uint64
 .N int
 .T time.Duration
 AllocedBytesPerOp func() int64
 AllocsPerOp func() int64
 MemString func() string
 NsPerOp func() int64
 String func() string
T Cover struct
 .Blocks map[string][]CoverBlock
 .Counters map[string][]uint32
 .CoveredPackages string
 .Mode string
T CoverBlock struct
 .Col0 uint16
 .Col1 uint16
 .Line0 uint32
 .Line1 uint32
 .Stmts uint16
F CoverMode func() string
F Coverage func() float64
T F struct
 Add func(...any)
 ArtifactDir func() string
 Attr func(string, string)
 Chdir func(string)
 Cleanup func(func())
 Context func() context.Context
 Error func(...any)
 Errorf func(string, ...any)
 Fail func()
 FailNow func()
 Failed func() bool
 Fatal func(...any)
 Fatalf func(string, ...any)
 Fuzz func(any)
 Helper func()
 Log func(...any)
 Logf func(string, ...any)
 Name func() string
 Output func() io.Writer
 Setenv func(string, string)
 Skip func(...any)
 SkipNow func()
 Skipf func(string, ...any)
 Skipped func() bool
 TempDir func() string
F Init func()
T InternalBenchmark struct
 .F func(*B)
 .Name string
T InternalExample struct
 .F func()
 .Name string
 .Output string
 .Unordered bool
T InternalFuzzTarget struct
 .Fn func(*F)
 .Name string
T InternalTest struct
 .F func(*T)
 .Name string
T M struct
 Run func() int
F Main func(func(string, string) (bool, error), []InternalTest, []InternalBenchmark, []InternalExample)
F MainStart func(testDeps, []InternalTest, []InternalBenchmark, []InternalFuzzTarget, []InternalExample) *M
T PB struct
 Next func() bool
F RegisterCover func(Cover)
F RunBenchmarks func(func(string, string) (bool, error), []InternalBenchmark)
F RunExamples func(func(string, string) (bool, error), []InternalExample) bool
F RunTests func(func(string, string) (bool, error), []InternalTest) bool
F Short func() bool
T T struct
 ArtifactDir func() string
 Attr func(string, string)
 Chdir func(string)
 Cleanup func(func())
 Context func() context.Context
 Deadline func() (time.Time, bool)
 Error func(...any)
 Errorf func(string, ...any)
 Fail func()
 FailNow func()
 Failed func() bool
 Fatal func(...any)
 Fatalf func(string, ...any)
 Helper func()
 Log func(...any)
 Logf func(string, ...any)
 Name func() string
 Output func() io.Writer
 Parallel func()
 Run func(string, func(*T)) bool
 Setenv func(string, string)
 Skip func(...any)
 SkipNow func()
 Skipf func(string, ...any)
 Skipped func() bool
 TempDir func() string
T TB interface
 ArtifactDir func() string
 Attr func(string, string)
 Chdir func(string)
 Cleanup func(func())
 Context func() context.Context
 Error func(...any)
 Errorf func(string, ...any)
 Fail func()
 FailNow func()
 Failed func() bool
 Fatal func(...any)
 Fatalf func(string, ...any)
 Helper func()
 Log func(...any)
 Logf func(string, ...any)
 Name func() string
 Output func() io.Writer
 Setenv func(string, string)
 Skip func(...any)
 SkipNow func()
 Skipf func(string, ...any)
 Skipped func() bool
 TempDir func() string
F Testing func() bool
F Verbose func() bool`,
  "testing/fstest": `T MapFS map[string]*MapFile
 Glob func(string) ([]string, error)
 Lstat func(string) (io/fs.FileInfo, error)
 Open func(string) (io/fs.File, error)
 ReadDir func(string) ([]io/fs.DirEntry, error)
 ReadFile func(string) ([]byte, error)
 ReadLink func(string) (string, error)
 Stat func(string) (io/fs.FileInfo, error)
 Sub func(string) (io/fs.FS, error)
T MapFile struct
 .Data []byte
 .ModTime time.Time
 .Mode io/fs.FileMode
 .Sys any
F TestFS func(io/fs.FS, ...string) error`,
  "testing/iotest": `F DataErrReader func(io.Reader) io.Reader
F ErrReader func(error) io.Reader
V ErrTimeout error
F HalfReader func(io.Reader) io.Reader
F NewReadLogger func(string, io.Reader) io.Reader
F NewWriteLogger func(string, io.Writer) io.Writer
F OneByteReader func(io.Reader) io.Reader
F TestReader func(io.Reader, []byte) error
F TimeoutReader func(io.Reader) io.Reader
F TruncateWriter func(io.Writer, int64) io.Writer`,
  "testing/synctest": `F Test func(*testing.T, func(*testing.T))
F Wait func()`,
  "text/tabwriter": `F NewWriter func(io.Writer, int, int, int, byte, uint) *Writer
T Writer struct
 Flush func() error
 Init func(io.Writer, int, int, int, byte, uint) *Writer
 Write func([]byte) (int, error)
C uint: AlignRight Debug DiscardEmptyColumns FilterHTML StripEscape TabIndent
C untyped rune: Escape`,
  "text/template": `T ExecError struct
 .Err error
 .Name string
 Error func() string
 Unwrap func() error
T FuncMap map[string]any
F HTMLEscape func(io.Writer, []byte)
F HTMLEscapeString func(string) string
F HTMLEscaper func(...any) string
F IsTrue func(any) (bool, bool)
F JSEscape func(io.Writer, []byte)
F JSEscapeString func(string) string
F JSEscaper func(...any) string
F Must func(*Template, error) *Template
F New func(string) *Template
F ParseFS func(io/fs.FS, ...string) (*Template, error)
F ParseFiles func(...string) (*Template, error)
F ParseGlob func(string) (*Template, error)
T Template struct
 .Mode text/template/parse.Mode
 .ParseName string
 .Root *text/template/parse.ListNode
 .Tree *text/template/parse.Tree
 AddParseTree func(string, *text/template/parse.Tree) (*Template, error)
 Clone func() (*Template, error)
 Copy func() *text/template/parse.Tree
 DefinedTemplates func() string
 Delims func(string, string) *Template
 ErrorContext func(text/template/parse.Node) (string, string)
 Execute func(io.Writer, any) error
 ExecuteTemplate func(io.Writer, string, any) error
 Funcs func(FuncMap) *Template
 Lookup func(string) *Template
 Name func() string
 New func(string) *Template
 Option func(...string) *Template
 Parse func(string) (*Template, error)
 ParseFS func(io/fs.FS, ...string) (*Template, error)
 ParseFiles func(...string) (*Template, error)
 ParseGlob func(string) (*Template, error)
 Templates func() []*Template
F URLQueryEscaper func(...any) string`,
  time: `F After func(Duration) <-chan Time
F AfterFunc func(Duration, func()) *Timer
F Date func(int, Month, int, int, int, int, int, *Location) Time
T Duration int64
 Abs func() Duration
 Hours func() float64
 Microseconds func() int64
 Milliseconds func() int64
 Minutes func() float64
 Nanoseconds func() int64
 Round func(Duration) Duration
 Seconds func() float64
 String func() string
 Truncate func(Duration) Duration
F FixedZone func(string, int) *Location
F LoadLocation func(string) (*Location, error)
F LoadLocationFromTZData func(string, []byte) (*Location, error)
V Local *Location
T Location struct
 String func() string
T Month int
 String func() string
F NewTicker func(Duration) *Ticker
F NewTimer func(Duration) *Timer
F Now func() Time
F Parse func(string, string) (Time, error)
F ParseDuration func(string) (Duration, error)
T ParseError struct
 .Layout string
 .LayoutElem string
 .Message string
 .Value string
 .ValueElem string
 Error func() string
F ParseInLocation func(string, string, *Location) (Time, error)
F Since func(Time) Duration
F Sleep func(Duration)
F Tick func(Duration) <-chan Time
T Ticker struct
 .C <-chan Time
 Reset func(Duration)
 Stop func()
T Time struct
 Add func(Duration) Time
 AddDate func(int, int, int) Time
 After func(Time) bool
 AppendBinary func([]byte) ([]byte, error)
 AppendFormat func([]byte, string) []byte
 AppendText func([]byte) ([]byte, error)
 Before func(Time) bool
 Clock func() (int, int, int)
 Compare func(Time) int
 Date func() (int, Month, int)
 Day func() int
 Equal func(Time) bool
 Format func(string) string
 GoString func() string
 GobDecode func([]byte) error
 GobEncode func() ([]byte, error)
 Hour func() int
 ISOWeek func() (int, int)
 In func(*Location) Time
 IsDST func() bool
 IsZero func() bool
 Local func() Time
 Location func() *Location
 MarshalBinary func() ([]byte, error)
 MarshalJSON func() ([]byte, error)
 MarshalText func() ([]byte, error)
 Minute func() int
 Month func() Month
 Nanosecond func() int
 Round func(Duration) Time
 Second func() int
 String func() string
 Sub func(Time) Duration
 Truncate func(Duration) Time
 UTC func() Time
 Unix func() int64
 UnixMicro func() int64
 UnixMilli func() int64
 UnixNano func() int64
 UnmarshalBinary func([]byte) error
 UnmarshalJSON func([]byte) error
 UnmarshalText func([]byte) error
 Weekday func() Weekday
 Year func() int
 YearDay func() int
 Zone func() (string, int)
 ZoneBounds func() (Time, Time)
T Timer struct
 .C <-chan Time
 Reset func(Duration) bool
 Stop func() bool
V UTC *Location
F Unix func(int64, int64) Time
F UnixMicro func(int64) Time
F UnixMilli func(int64) Time
F Until func(Time) Duration
T Weekday int
 String func() string
C Duration: Hour Microsecond Millisecond Minute Nanosecond Second
C Month: April August December February January July June March May November October September
C Weekday: Friday Monday Saturday Sunday Thursday Tuesday Wednesday
C untyped string: ANSIC DateOnly DateTime Kitchen Layout RFC1123 RFC1123Z RFC3339 RFC3339Nano RFC822 RFC822Z RFC850 RubyDate Stamp StampMicro StampMilli StampNano TimeOnly UnixDate`,
  unicode: `V ASCII_Hex_Digit *RangeTable
V Adlam *RangeTable
V Ahom *RangeTable
V Anatolian_Hieroglyphs *RangeTable
V Arabic *RangeTable
V Armenian *RangeTable
V Avestan *RangeTable
V AzeriCase SpecialCase
V Balinese *RangeTable
V Bamum *RangeTable
V Bassa_Vah *RangeTable
V Batak *RangeTable
V Bengali *RangeTable
V Bhaiksuki *RangeTable
V Bidi_Control *RangeTable
V Bopomofo *RangeTable
V Brahmi *RangeTable
V Braille *RangeTable
V Buginese *RangeTable
V Buhid *RangeTable
V C *RangeTable
V Canadian_Aboriginal *RangeTable
V Carian *RangeTable
T CaseRange struct
 .Delta d
 .Hi uint32
 .Lo uint32
V CaseRanges []CaseRange
V Categories map[string]*RangeTable
V CategoryAliases map[string]string
V Caucasian_Albanian *RangeTable
V Cc *RangeTable
V Cf *RangeTable
V Chakma *RangeTable
V Cham *RangeTable
V Cherokee *RangeTable
V Chorasmian *RangeTable
V Cn *RangeTable
V Co *RangeTable
V Common *RangeTable
V Coptic *RangeTable
V Cs *RangeTable
V Cuneiform *RangeTable
V Cypriot *RangeTable
V Cypro_Minoan *RangeTable
V Cyrillic *RangeTable
V Dash *RangeTable
V Deprecated *RangeTable
V Deseret *RangeTable
V Devanagari *RangeTable
V Diacritic *RangeTable
V Digit *RangeTable
V Dives_Akuru *RangeTable
V Dogra *RangeTable
V Duployan *RangeTable
V Egyptian_Hieroglyphs *RangeTable
V Elbasan *RangeTable
V Elymaic *RangeTable
V Ethiopic *RangeTable
V Extender *RangeTable
V FoldCategory map[string]*RangeTable
V FoldScript map[string]*RangeTable
V Georgian *RangeTable
V Glagolitic *RangeTable
V Gothic *RangeTable
V Grantha *RangeTable
V GraphicRanges []*RangeTable
V Greek *RangeTable
V Gujarati *RangeTable
V Gunjala_Gondi *RangeTable
V Gurmukhi *RangeTable
V Han *RangeTable
V Hangul *RangeTable
V Hanifi_Rohingya *RangeTable
V Hanunoo *RangeTable
V Hatran *RangeTable
V Hebrew *RangeTable
V Hex_Digit *RangeTable
V Hiragana *RangeTable
V Hyphen *RangeTable
V IDS_Binary_Operator *RangeTable
V IDS_Trinary_Operator *RangeTable
V Ideographic *RangeTable
V Imperial_Aramaic *RangeTable
F In func(rune, ...*RangeTable) bool
V Inherited *RangeTable
V Inscriptional_Pahlavi *RangeTable
V Inscriptional_Parthian *RangeTable
F Is func(*RangeTable, rune) bool
F IsControl func(rune) bool
F IsDigit func(rune) bool
F IsGraphic func(rune) bool
F IsLetter func(rune) bool
F IsLower func(rune) bool
F IsMark func(rune) bool
F IsNumber func(rune) bool
F IsOneOf func([]*RangeTable, rune) bool
F IsPrint func(rune) bool
F IsPunct func(rune) bool
F IsSpace func(rune) bool
F IsSymbol func(rune) bool
F IsTitle func(rune) bool
F IsUpper func(rune) bool
V Javanese *RangeTable
V Join_Control *RangeTable
V Kaithi *RangeTable
V Kannada *RangeTable
V Katakana *RangeTable
V Kawi *RangeTable
V Kayah_Li *RangeTable
V Kharoshthi *RangeTable
V Khitan_Small_Script *RangeTable
V Khmer *RangeTable
V Khojki *RangeTable
V Khudawadi *RangeTable
V L *RangeTable
V LC *RangeTable
V Lao *RangeTable
V Latin *RangeTable
V Lepcha *RangeTable
V Letter *RangeTable
V Limbu *RangeTable
V Linear_A *RangeTable
V Linear_B *RangeTable
V Lisu *RangeTable
V Ll *RangeTable
V Lm *RangeTable
V Lo *RangeTable
V Logical_Order_Exception *RangeTable
V Lower *RangeTable
V Lt *RangeTable
V Lu *RangeTable
V Lycian *RangeTable
V Lydian *RangeTable
V M *RangeTable
V Mahajani *RangeTable
V Makasar *RangeTable
V Malayalam *RangeTable
V Mandaic *RangeTable
V Manichaean *RangeTable
V Marchen *RangeTable
V Mark *RangeTable
V Masaram_Gondi *RangeTable
V Mc *RangeTable
V Me *RangeTable
V Medefaidrin *RangeTable
V Meetei_Mayek *RangeTable
V Mende_Kikakui *RangeTable
V Meroitic_Cursive *RangeTable
V Meroitic_Hieroglyphs *RangeTable
V Miao *RangeTable
V Mn *RangeTable
V Modi *RangeTable
V Mongolian *RangeTable
V Mro *RangeTable
V Multani *RangeTable
V Myanmar *RangeTable
V N *RangeTable
V Nabataean *RangeTable
V Nag_Mundari *RangeTable
V Nandinagari *RangeTable
V Nd *RangeTable
V New_Tai_Lue *RangeTable
V Newa *RangeTable
V Nko *RangeTable
V Nl *RangeTable
V No *RangeTable
V Noncharacter_Code_Point *RangeTable
V Number *RangeTable
V Nushu *RangeTable
V Nyiakeng_Puachue_Hmong *RangeTable
V Ogham *RangeTable
V Ol_Chiki *RangeTable
V Old_Hungarian *RangeTable
V Old_Italic *RangeTable
V Old_North_Arabian *RangeTable
V Old_Permic *RangeTable
V Old_Persian *RangeTable
V Old_Sogdian *RangeTable
V Old_South_Arabian *RangeTable
V Old_Turkic *RangeTable
V Old_Uyghur *RangeTable
V Oriya *RangeTable
V Osage *RangeTable
V Osmanya *RangeTable
V Other *RangeTable
V Other_Alphabetic *RangeTable
V Other_Default_Ignorable_Code_Point *RangeTable
V Other_Grapheme_Extend *RangeTable
V Other_ID_Continue *RangeTable
V Other_ID_Start *RangeTable
V Other_Lowercase *RangeTable
V Other_Math *RangeTable
V Other_Uppercase *RangeTable
V P *RangeTable
V Pahawh_Hmong *RangeTable
V Palmyrene *RangeTable
V Pattern_Syntax *RangeTable
V Pattern_White_Space *RangeTable
V Pau_Cin_Hau *RangeTable
V Pc *RangeTable
V Pd *RangeTable
V Pe *RangeTable
V Pf *RangeTable
V Phags_Pa *RangeTable
V Phoenician *RangeTable
V Pi *RangeTable
V Po *RangeTable
V Prepended_Concatenation_Mark *RangeTable
V PrintRanges []*RangeTable
V Properties map[string]*RangeTable
V Ps *RangeTable
V Psalter_Pahlavi *RangeTable
V Punct *RangeTable
V Quotation_Mark *RangeTable
V Radical *RangeTable
T Range16 struct
 .Hi uint16
 .Lo uint16
 .Stride uint16
T Range32 struct
 .Hi uint32
 .Lo uint32
 .Stride uint32
T RangeTable struct
 .LatinOffset int
 .R16 []Range16
 .R32 []Range32
V Regional_Indicator *RangeTable
V Rejang *RangeTable
V Runic *RangeTable
V S *RangeTable
V STerm *RangeTable
V Samaritan *RangeTable
V Saurashtra *RangeTable
V Sc *RangeTable
V Scripts map[string]*RangeTable
V Sentence_Terminal *RangeTable
V Sharada *RangeTable
V Shavian *RangeTable
V Siddham *RangeTable
V SignWriting *RangeTable
F SimpleFold func(rune) rune
V Sinhala *RangeTable
V Sk *RangeTable
V Sm *RangeTable
V So *RangeTable
V Soft_Dotted *RangeTable
V Sogdian *RangeTable
V Sora_Sompeng *RangeTable
V Soyombo *RangeTable
V Space *RangeTable
T SpecialCase []CaseRange
 ToLower func(rune) rune
 ToTitle func(rune) rune
 ToUpper func(rune) rune
V Sundanese *RangeTable
V Syloti_Nagri *RangeTable
V Symbol *RangeTable
V Syriac *RangeTable
V Tagalog *RangeTable
V Tagbanwa *RangeTable
V Tai_Le *RangeTable
V Tai_Tham *RangeTable
V Tai_Viet *RangeTable
V Takri *RangeTable
V Tamil *RangeTable
V Tangsa *RangeTable
V Tangut *RangeTable
V Telugu *RangeTable
V Terminal_Punctuation *RangeTable
V Thaana *RangeTable
V Thai *RangeTable
V Tibetan *RangeTable
V Tifinagh *RangeTable
V Tirhuta *RangeTable
V Title *RangeTable
F To func(int, rune) rune
F ToLower func(rune) rune
F ToTitle func(rune) rune
F ToUpper func(rune) rune
V Toto *RangeTable
V TurkishCase SpecialCase
V Ugaritic *RangeTable
V Unified_Ideograph *RangeTable
V Upper *RangeTable
V Vai *RangeTable
V Variation_Selector *RangeTable
V Vithkuqi *RangeTable
V Wancho *RangeTable
V Warang_Citi *RangeTable
V White_Space *RangeTable
V Yezidi *RangeTable
V Yi *RangeTable
V Z *RangeTable
V Zanabazar_Square *RangeTable
V Zl *RangeTable
V Zp *RangeTable
V Zs *RangeTable
C untyped int: LowerCase MaxCase TitleCase UpperCase
C untyped rune: MaxASCII MaxLatin1 MaxRune ReplacementChar UpperLower
C untyped string: Version`,
  "unicode/utf16": `F AppendRune func([]uint16, rune) []uint16
F Decode func([]uint16) []rune
F DecodeRune func(rune, rune) rune
F Encode func([]rune) []uint16
F EncodeRune func(rune) (rune, rune)
F IsSurrogate func(rune) bool
F RuneLen func(rune) int`,
  "unicode/utf8": `F AppendRune func([]byte, rune) []byte
F DecodeLastRune func([]byte) (rune, int)
F DecodeLastRuneInString func(string) (rune, int)
F DecodeRune func([]byte) (rune, int)
F DecodeRuneInString func(string) (rune, int)
F EncodeRune func([]byte, rune) int
F FullRune func([]byte) bool
F FullRuneInString func(string) bool
F RuneCount func([]byte) int
F RuneCountInString func(string) int
F RuneLen func(rune) int
F RuneStart func(byte) bool
F Valid func([]byte) bool
F ValidRune func(rune) bool
F ValidString func(string) bool
C untyped int: RuneSelf UTFMax
C untyped rune: MaxRune RuneError`,
  unique: `T Handle[T] struct
 Value func() T
F Make[T] func(T) Handle[T]`,
  weak: `F Make[T] func(*T) Pointer[T]
T Pointer[T] struct
 Value func() *T`,
};
